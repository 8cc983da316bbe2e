package io.semimoe.graph.kernel;

import static io.semimoe.graph.kernel.ModelEditor.node;

import io.semimoe.graph.op.Shape;

/**
 * The softmax of two channels x0 and x1 as sigmoid(x0 − x1) and sigmoid(x1 − x0), both differences
 * in one product of matrices. The runtime's own brings the channels to the end and back.
 */
final class TwoClassSoftmax {
  private static final float[][] DIFFERENCES = {{1, -1}, {-1, 1}};

  private TwoClassSoftmax() {}

  /** Makes the probabilities {@code p} of the logits {@code x}, both [N, 2, H, W]. */
  static void make(ModelEditor graph, String x, String p) {
    Shape images = graph.shape(x);
    Shape rows = Shape.of(images.dim(0), 2, images.dim(2) * images.dim(3));
    String channels = graph.reshape(x, rows.toIntArray());
    String differences = graph.product(graph.matrix("", DIFFERENCES), channels, 0, 0, rows);
    graph.makeReshaped(graph.add(node("", "Sigmoid", differences), rows), images, p);
  }
}
