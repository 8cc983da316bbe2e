package io.semimoe.graph.artifact;

import static com.google.common.base.Preconditions.checkArgument;
import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.split;
import static io.semimoe.graph.Operators.sub;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A running average of the network in training: each parameter w and each state of the graph gets
 * another state a, which each pass moves by a ← a + r·(w − a). The rate r is fed, so that one graph
 * serves every schedule, and a pass with r = 0 leaves the averages alone.
 *
 * <p>A pass takes the parameters as they are before the step of the optimizer, and the states as
 * the pass leaves them.
 */
public final class WeightAverage {
  /** Input: the rate r, float32 [1], from 0 to 1. */
  public static final String RATE = "average_rate";

  /** What stands before the name of a parameter or state in that of its average. */
  public static final String PREFIX = "average.";

  private WeightAverage() {}

  /** What is averaged: a parameter or state, and its value at the end of the pass. */
  private record Source(Variable variable, Value value) {
    int elements() {
      return Math.toIntExact(value.shape().elements());
    }

    boolean isVector() {
      return value.shape().rank() == 1;
    }
  }

  /**
   * Adds the averages of all parameters and states that the graph has, and what moves them. To be
   * called before the graph is {@linkplain TrainingGraph#complete completed}.
   *
   * @throws IllegalArgumentException if a state has not been assigned to
   */
  public static void add(Graph graph) {
    Value rate = graph.input(RATE, TensorType.floats(Shape.of(1)));
    List<Source> sources =
        Stream.concat(
                graph.parameters().stream().map(p -> new Source(p, p.value())),
                graph.states().stream().map(s -> new Source(s, assigned(graph, s))))
            .toList();
    graph.scoped(
        "average",
        () -> {
          vectors(graph, rate, sources.stream().filter(Source::isVector).toList());
          sources.stream()
              .filter(source -> !source.isVector())
              .forEach(
                  source -> {
                    Value average = average(graph, source);
                    graph.accumulate(average, mul(sub(source.value(), average), rate));
                  });
          return rate;
        });
  }

  /**
   * Moves the averages of scales, shifts and running statistics all at once: there are hundreds,
   * each of a few numbers.
   */
  private static void vectors(Graph graph, Value rate, List<Source> sources) {
    if (sources.isEmpty()) {
      return;
    }
    List<Value> averages = new ArrayList<>();
    sources.forEach(source -> averages.add(average(graph, source)));
    Value values = concat(0, sources.stream().map(Source::value).toList());
    List<Value> moves =
        split(
            mul(sub(values, concat(0, averages)), rate),
            0,
            sources.stream().map(Source::elements).toArray(Integer[]::new));
    for (int i = 0; i < averages.size(); i++) {
      graph.accumulate(averages.get(i), moves.get(i));
    }
  }

  private static Value average(Graph graph, Source source) {
    Variable of = source.variable();
    return graph.state(
        PREFIX + of.name(),
        of.value().shape(),
        new Initialization.Like(of.name(), of.initialization()));
  }

  private static Value assigned(Graph graph, Variable state) {
    Value value = graph.assignments().get(state.value());
    checkArgument(value != null, "%s: expected a state that is assigned to", state.value());
    return value;
  }

  /** Returns the name of what is averaged under a name; the name itself if it is no average. */
  public static String source(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }
}
