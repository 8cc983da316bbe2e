package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.add;
import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.div;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.reduceSum;
import static io.semimoe.graph.Operators.reshape;
import static io.semimoe.graph.Operators.split;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The update of the running statistics of all normalisations of a network: r ← μ · r + (1 − μ) · b
 * for the mean and the variance b of each group of the batch, one group after the other. The
 * variance is that of the sample, with n − 1 for n values of a channel, as in PyTorch.
 *
 * <p>All of them are updated as one vector: a training step would have hundreds of operators on a
 * few numbers each otherwise.
 */
final class RunningStatistics {
  /** μ, the share of the old statistics that is kept; PyTorch's momentum 0.1. */
  private static final float KEPT = 0.9f;

  /**
   * A normalisation and the statistics of its batch.
   *
   * @param variables what it keeps
   * @param mean means of the channels in each group, [G · C]
   * @param inverseDeviation 1 / √(variance + ε), likewise
   * @param count values of a channel in a group
   */
  record Observation(
      NormalizationVariables variables, Value mean, Value inverseDeviation, int count) {}

  private final int groups;
  private final List<Observation> observations = new ArrayList<>();

  /**
   * Begins the update.
   *
   * @param groups number of groups G in a batch
   */
  RunningStatistics(int groups) {
    this.groups = groups;
  }

  /** Adds a normalisation to what is updated. */
  void observe(Observation observation) {
    observations.add(observation);
  }

  /** Adds the update of everything that was observed. */
  void update(Graph graph) {
    graph.scoped("running_statistics", () -> updated(graph));
  }

  private Value updated(Graph graph) {
    Value batches = concat(1, List.of(byGroup(Observation::mean), variances(graph)));
    float[] shares = new float[groups];
    for (int g = 0; g < groups; g++) {
      shares[g] = (float) ((1 - KEPT) * Math.pow(KEPT, groups - 1 - g));
    }
    Value weights = graph.constant(Constant.floats(Shape.of(groups, 1), shares));
    Value added = reduceSum(mul(batches, weights), 0);
    List<Value> states =
        Stream.concat(
                observations.stream().map(o -> o.variables().mean()),
                observations.stream().map(o -> o.variables().variance()))
            .toList();
    Value updated = add(mul(concat(0, states), (float) Math.pow(KEPT, groups)), added);
    Integer[] sizes = states.stream().map(s -> s.shape().dim(0)).toArray(Integer[]::new);
    List<Value> parts = split(updated, 0, sizes);
    for (int i = 0; i < sizes.length; i++) {
      graph.assign(states.get(i), parts.get(i));
    }
    return updated;
  }

  /** Returns the variances of the samples, [G, channels of all normalisations]. */
  private Value variances(Graph graph) {
    Value inverse = byGroup(Observation::inverseDeviation);
    Value one = graph.constant(Constant.scalar(1));
    Value ofPopulation = add(div(one, mul(inverse, inverse)), -NormalizationVariables.EPSILON);
    float[] factors = new float[inverse.shape().dim(1)];
    int from = 0;
    for (Observation o : observations) {
      int to = from + o.variables().variance().shape().dim(0);
      // A single value has no variance, whatever the factor.
      int n = Math.max(2, o.count());
      Arrays.fill(factors, from, to, (float) n / (n - 1));
      from = to;
    }
    return mul(ofPopulation, graph.constant(Constant.floats(Shape.of(factors.length), factors)));
  }

  /** Returns the vectors [G · C] of all normalisations side by side, [G, sum of C]. */
  private Value byGroup(Function<Observation, Value> vector) {
    return concat(
        1,
        observations.stream()
            .map(vector)
            .map(v -> reshape(v, groups, v.shape().dim(0) / groups))
            .toList());
  }
}
