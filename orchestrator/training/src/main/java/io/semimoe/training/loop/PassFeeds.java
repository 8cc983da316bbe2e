package io.semimoe.training.loop;

import io.semimoe.graph.artifact.WeightAverage;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.runtime.Feed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the training model is fed with in a pass: the images of its batches in turn, so that image i
 * is of batch i mod G.
 */
final class PassFeeds {
  private final TrainingDesign design;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  PassFeeds(TrainingDesign design) {
    this.design = design;
    NetworkSpec pass = design.pass();
    shapes.put(SemiMoeGraphs.IMAGE, pass.images(3).toLongArray());
    for (String target :
        List.of(SemiMoeObjective.MASK, SemiMoeObjective.FIELD, SemiMoeObjective.BOUNDARY)) {
      shapes.put(target, pass.images(1).toLongArray());
    }
    shapes.put(SemiMoeObjective.USE_PSEUDO_LABELS, new long[] {pass.batch(), 1, 1, 1});
    shapes.put(SemiMoeObjective.LOSS_WEIGHTS, new long[] {pass.batch(), 6});
    if (design.dropout() > 0) {
      shapes.put(SemiMoeGraphs.DROPOUT, new long[] {pass.batch(), 3L * pass.gateUnits(), 1, 1});
    }
    if (design.averaged()) {
      shapes.put(WeightAverage.RATE, new long[] {1});
    }
  }

  /** Returns the shapes of the inputs by their names. */
  Map<String, long[]> shapes() {
    return shapes;
  }

  /**
   * Returns the inputs of a pass.
   *
   * @param batches as many batches as the design has in a pass
   * @param averageRate rate of the averages, if the design has any
   */
  Map<String, Feed> of(List<WeightedBatch> batches, double averageRate) {
    Map<String, Feed> feeds = new HashMap<>();
    if (design.averaged()) {
      String rate = WeightAverage.RATE;
      feeds.put(rate, Feed.floats(new float[] {(float) averageRate}, shapes.get(rate)));
    }
    put(feeds, SemiMoeGraphs.IMAGE, batches, b -> b.inputs().image());
    put(feeds, SemiMoeObjective.MASK, batches, b -> b.inputs().mask());
    put(feeds, SemiMoeObjective.FIELD, batches, b -> b.inputs().field());
    put(feeds, SemiMoeObjective.BOUNDARY, batches, b -> b.inputs().boundary());
    put(feeds, SemiMoeObjective.LOSS_WEIGHTS, batches, this::lossWeights);
    if (design.dropout() > 0) {
      put(feeds, SemiMoeGraphs.DROPOUT, batches, b -> b.inputs().dropout());
    }
    boolean[] pseudoLabels = new boolean[design.pass().batch()];
    for (int i = 0; i < pseudoLabels.length; i++) {
      pseudoLabels[i] = batches.get(i % batches.size()).pseudoLabels();
    }
    String flags = SemiMoeObjective.USE_PSEUDO_LABELS;
    feeds.put(flags, Feed.flags(pseudoLabels, shapes.get(flags)));
    return feeds;
  }

  private void put(
      Map<String, Feed> feeds,
      String name,
      List<WeightedBatch> batches,
      Function<WeightedBatch, float[]> part) {
    long[] shape = shapes.get(name);
    feeds.put(name, Feed.floats(inTurn(batches.stream().map(part).toList(), shape), shape));
  }

  /** Returns the images of several batches in turn; what a batch lacks is zero. */
  private static float[] inTurn(List<float[]> batches, long[] shape) {
    int elements = 1;
    for (long dimension : shape) {
      elements = Math.multiplyExact(elements, Math.toIntExact(dimension));
    }
    if (batches.size() == 1 && batches.get(0).length == elements) {
      return batches.get(0);
    }
    float[] all = new float[elements];
    int images = Math.toIntExact(shape[0]);
    int length = elements / images;
    for (int i = 0; i < images; i++) {
      float[] batch = batches.get(i % batches.size());
      if (batch.length > 0) {
        System.arraycopy(batch, i / batches.size() * length, all, i * length, length);
      }
    }
    return all;
  }

  /** The mean over a batch of N images is the sum of 1 / N of each. */
  private float[] lossWeights(WeightedBatch batch) {
    int images = design.network().batch();
    float[] weights = new float[images * 6];
    int i = 0;
    for (int image = 0; image < images; image++) {
      for (TaskValues w : List.of(batch.expertWeights(), batch.gateWeights())) {
        weights[i++] = (float) (w.segmentation() / images);
        weights[i++] = (float) (w.distance() / images);
        weights[i++] = (float) (w.boundary() / images);
      }
    }
    return weights;
  }
}
