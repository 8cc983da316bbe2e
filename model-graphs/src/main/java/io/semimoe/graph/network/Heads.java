package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.conv;
import static io.semimoe.graph.Operators.split;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Shape;
import java.util.List;
import java.util.stream.Stream;

/** 1 × 1 convolutions from feature maps to output channels, several of them in one pass. */
final class Heads {
  private final Graph graph;
  private final int width;

  Heads(Graph graph, int width) {
    this.graph = graph;
    this.width = width;
  }

  /** A head by the name of its parameters. */
  record Head(String name, int channels) {
    static Head ofExpert(Task task) {
      return new Head(task.text() + ".head", task.channels());
    }

    static Head ofGate(Task task) {
      return new Head("gating." + task.text() + ".head", task.channels());
    }
  }

  /** Returns what each head makes of the features [N, w, H, W]: [N, channels, H, W]. */
  List<Value> project(Value features, List<Head> heads) {
    Stream<Value> weights =
        heads.stream()
            .map(
                h ->
                    graph.parameter(
                        h.name() + ".weight",
                        Shape.of(h.channels(), width, 1, 1),
                        new Initialization.KaimingNormal()));
    Stream<Value> biases =
        heads.stream()
            .map(
                h ->
                    graph.parameter(
                        h.name() + ".bias",
                        Shape.of(h.channels()),
                        new Initialization.Constant(0)));
    Value outputs = conv(features, concat(0, weights.toList()), concat(0, biases.toList()));
    return split(outputs, 1, heads.stream().map(Head::channels).toArray(Integer[]::new));
  }
}
