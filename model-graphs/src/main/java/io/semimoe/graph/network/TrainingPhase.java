package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.mean;
import static io.semimoe.graph.Operators.reshape;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation by the statistics of the batch, which enter the running ones; upsampling and
 * convolution in one.
 *
 * <p>A batch may hold several groups of images in turn: image i is of group i mod G. Each group is
 * normalised by its own statistics, as if it were a batch of its own, and updates the running ones
 * after the group before it. In memory, [N, C, H, W] in this order is [N / G, G · C, H, W], so the
 * groups are G times the channels to the operator, and no data is moved.
 */
final class TrainingPhase implements Phase {
  private final int groups;
  private final RunningStatistics statistics;

  /**
   * Begins a network.
   *
   * @param groups number of groups G in a batch
   */
  TrainingPhase(int groups) {
    this.groups = groups;
    this.statistics = new RunningStatistics(groups);
  }

  @Override
  public Value normalized(Value x, String name) {
    Graph graph = x.graph();
    Shape shape = x.shape();
    int images = shape.dim(0) / groups;
    int channels = shape.dim(1);
    NormalizationVariables variables = NormalizationVariables.of(graph, name, channels);
    List<Value> results =
        graph.apply(
            new BatchNormInternal(NormalizationVariables.EPSILON),
            List.of(
                reshape(x, images, groups * channels, shape.dim(2), shape.dim(3)),
                ofEachGroup(variables.scale()),
                ofEachGroup(variables.bias()),
                vector(graph, groups * channels, 0),
                vector(graph, groups * channels, 1)));
    statistics.observe(
        new RunningStatistics.Observation(
            variables, results.get(3), results.get(4), images * shape.dim(2) * shape.dim(3)));
    return reshape(results.get(0), shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3));
  }

  @Override
  public Value upConvolution(Value x, Value weight) {
    return UpConvolution.apply(x, weight);
  }

  /**
   * A sum: on a CPU it takes two thirds of the time of a pooling whose window is the map, or less,
   * and on a GPU it is a kernel of the runtime for sums instead of cuDNN's pooling.
   */
  @Override
  public Value averaged(Value x) {
    return reshape(mean(x, 2, 3), x.shape().dim(0), x.shape().dim(1), 1, 1);
  }

  /** Adds the update of the running statistics of all maps that were normalised. */
  void finish(Graph graph) {
    statistics.update(graph);
  }

  private Value ofEachGroup(Value variable) {
    if (groups == 1) {
      return variable;
    }
    int channels = variable.shape().dim(0);
    return reshape(
        variable.graph().apply(new Expand(Shape.of(groups, channels)), variable),
        groups * channels);
  }

  private static Value vector(Graph graph, int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return graph.constant(Constant.floats(Shape.of(length), values));
  }
}
