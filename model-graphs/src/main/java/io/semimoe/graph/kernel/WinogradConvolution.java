package io.semimoe.graph.kernel;

import static io.semimoe.graph.kernel.ModelEditor.node;

import io.semimoe.graph.op.Shape;

/**
 * A 3 × 3 convolution in Winograd's form, Y = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A, whose tiles of 4 × 4
 * results need 36 products a channel instead of 144. The sum over channels is one product of
 * matrices for each of the 36, and the transformations of images, results and weights are products
 * of matrices too.
 *
 * <p>The gradients are those of this form: dX = B [(G w Gᵀ)ᵀ (A dY Aᵀ)] Bᵀ and dW = Gᵀ [(A dY Aᵀ)
 * (Bᵀ x B)ᵀ] G, which share their transformed values with each other and with the forward pass.
 * Rounding errors are some three times those of the sum itself, 1e-6 of the result in norm.
 */
final class WinogradConvolution {
  /** Side of the kernels. */
  static final int KERNEL = 3;

  /** Points 0, ±√½, ±√2 and infinity: half the rounding error of the usual 0, ±1, ±2. */
  private static final double R = Math.sqrt(0.5);

  private final ModelEditor graph;
  private final BlockedConvolutions layout;
  private final Convolution conv;
  private final WinogradTransform transform =
      new WinogradTransform(4, KERNEL, 0, R, -R, 1 / R, -1 / R);
  private final int n;
  private final int high;
  private final int wide;

  WinogradConvolution(ModelEditor graph, BlockedConvolutions layout, Convolution conv) {
    this.graph = graph;
    this.layout = layout;
    this.conv = conv;
    this.n = conv.y().dim(0);
    this.high = transform.tiles(conv.y().dim(2));
    this.wide = transform.tiles(conv.y().dim(3));
  }

  /** Makes the result {@code y} of the convolution. */
  void result(String x, String w, String y) {
    String products = product(images(x), kernels(w, "forward"), 0, 1, tiles(), conv.w().dim(0));
    image(products, conv.y(), resultRows(), resultColumns(), y);
  }

  /** Makes the gradient {@code dX} of the images. */
  void imageGradient(String dY, String w, String dX) {
    String dV = product(results(dY), kernels(w, "backward"), 0, 0, tiles(), conv.w().dim(1));
    image(dV, conv.x(), transposed(imageRows()), transposed(imageColumns()), dX);
  }

  /** Makes the gradient {@code dW} of the weights. */
  void weightGradient(String dY, String x, String dW) {
    int m = conv.w().dim(0);
    int c = conv.w().dim(1);
    String dU = product(results(dY), images(x), 1, 0, m, c);
    float[][] g = transform.ofKernel();
    String taps =
        graph.product(
            graph.reshape(dU, g.length, m * c), matrix(g), 1, 0, Shape.of(m * c, g[0].length));
    graph.makeReshaped(taps, conv.w(), dW);
  }

  private int tiles() {
    return n * high * wide;
  }

  private int products() {
    return transform.products() * transform.products();
  }

  private float[][] imageRows() {
    return transform.ofImage(conv.x().dim(2), conv.padding(), high);
  }

  private float[][] imageColumns() {
    return transform.ofImage(conv.x().dim(3), conv.padding(), wide);
  }

  private float[][] resultRows() {
    return transform.ofResult(conv.y().dim(2), high);
  }

  private float[][] resultColumns() {
    return transform.ofResult(conv.y().dim(3), wide);
  }

  /** Bᵀ x B, [products², N · tiles, C]. */
  private String images(String x) {
    return tiles(x, imageRows(), imageColumns());
  }

  /** A dY Aᵀ, [products², N · tiles, M]. */
  private String results(String dY) {
    return tiles(dY, transposed(resultRows()), transposed(resultColumns()));
  }

  /** G w Gᵀ, [products², M, C], of each pass its own: four times the weights are not kept. */
  private String kernels(String w, String pass) {
    float[][] g = transform.ofKernel();
    int m = conv.w().dim(0);
    int c = conv.w().dim(1);
    String taps = graph.reshape(w, m * c, g[0].length);
    return graph.late(
        graph.reshape(
            graph.product(graph.matrix(pass, g), taps, 0, 1, Shape.of(g.length, m * c)),
            g.length,
            m,
            c));
  }

  private String product(String a, String b, int turnA, int turnB, int rows, int columns) {
    return graph.product(a, b, turnA, turnB, Shape.of(products(), rows, columns));
  }

  /**
   * Returns the tiles of maps, transformed by {@code left} along columns and by {@code right} along
   * rows: [products², N · tiles, channels]. With the channels innermost, whole rows of tiles change
   * their place at once.
   */
  private String tiles(String maps, float[][] left, float[][] right) {
    Shape shape = graph.shape(maps);
    int channels = shape.dim(1);
    int p = transform.products();
    String last =
        graph.reshape(layout.channelsLast(maps), n, shape.dim(2), shape.dim(3) * channels);
    String rows = graph.reshape(product(left, last), n * p * high, shape.dim(3), channels);
    String both = graph.reshape(product(right, rows), n, p, high, p, wide * channels);
    String sorted = graph.transpose(both, Shape.of(p, p, n, high, wide * channels), 1, 3, 0, 2, 4);
    return graph.reshape(sorted, p * p, tiles(), channels);
  }

  /** Makes maps {@code value} of tiles. */
  private void image(String tiles, Shape shape, float[][] left, float[][] right, String value) {
    int channels = shape.dim(1);
    int p = transform.products();
    String sorted =
        graph.transpose(
            graph.reshape(tiles, p, p, n, high, wide * channels),
            Shape.of(n, p, high, p, wide * channels),
            2,
            0,
            3,
            1,
            4);
    String columns = product(right, graph.reshape(sorted, n * p * high, p * wide, channels));
    String both = product(left, graph.reshape(columns, n, p * high, shape.dim(3) * channels));
    String last = graph.reshape(both, n, shape.dim(2), shape.dim(3), channels);
    graph.makeReshaped(layout.channelsFirst(last), shape, value);
  }

  /** Returns the product of a matrix with each matrix in the last two axes of {@code x}. */
  private String product(float[][] left, String x) {
    Shape s = graph.shape(x);
    return graph.add(
        node("", "MatMul", matrix(left), x), Shape.of(s.dim(0), left.length, s.dim(2)));
  }

  private String matrix(float[][] rows) {
    return graph.matrix("", rows);
  }

  private static float[][] transposed(float[][] matrix) {
    float[][] result = new float[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }
}
