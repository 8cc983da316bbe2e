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
  private final Convolution conv;
  private final WinogradTransform transform =
      new WinogradTransform(4, KERNEL, 0, R, -R, 1 / R, -1 / R);
  private final int n;
  private final int high;
  private final int wide;

  WinogradConvolution(ModelEditor graph, Convolution conv) {
    this.graph = graph;
    this.conv = conv;
    this.n = conv.y().dim(0);
    this.high = transform.tiles(conv.y().dim(2));
    this.wide = transform.tiles(conv.y().dim(3));
  }

  /** Makes the result {@code y} of the convolution. */
  void result(String x, String w, String y) {
    String products = product(kernels(w, "forward"), images(x), 0, 0, conv.w().dim(0), columns());
    image(products, conv.y(), resultRows(), transposed(resultColumns()), y);
  }

  /** Makes the gradient {@code dX} of the images. */
  void imageGradient(String dY, String w, String dX) {
    String dV = product(kernels(w, "backward"), results(dY), 1, 0, conv.w().dim(1), columns());
    image(dV, conv.x(), transposed(imageRows()), imageColumns(), dX);
  }

  /** Makes the gradient {@code dW} of the weights. */
  void weightGradient(String dY, String x, String dW) {
    int m = conv.w().dim(0);
    int c = conv.w().dim(1);
    String dU = product(results(dY), images(x), 0, 1, m, c);
    float[][] g = transform.ofKernel();
    String taps =
        graph.product(
            graph.reshape(dU, g.length, m * c), matrix(g), 1, 0, Shape.of(m * c, g[0].length));
    graph.makeReshaped(taps, conv.w(), dW);
  }

  private int columns() {
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

  /** Bᵀ x B, [products², C, N · tiles]. */
  private String images(String x) {
    return tiles(x, conv.x(), imageRows(), transposed(imageColumns()));
  }

  /** A dY Aᵀ, [products², M, N · tiles]. */
  private String results(String dY) {
    return tiles(dY, conv.y(), transposed(resultRows()), resultColumns());
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

  /** Returns left · map · right of every map, the products first: [products², channels, tiles]. */
  private String tiles(String maps, Shape shape, float[][] left, float[][] right) {
    int channels = shape.dim(1);
    int p = transform.products();
    String columns =
        graph.add(
            node(
                "",
                "MatMul",
                graph.reshape(maps, n * channels * shape.dim(2), shape.dim(3)),
                matrix(right)),
            Shape.of(n * channels * shape.dim(2), p * wide));
    String both =
        graph.add(
            node(
                "",
                "MatMul",
                matrix(left),
                graph.reshape(columns, n * channels, shape.dim(2), p * wide)),
            Shape.of(n * channels, p * high, p * wide));
    String sorted =
        graph.transpose(
            graph.reshape(both, n, channels, p, high, p, wide),
            Shape.of(p, p, channels, n, high, wide),
            2,
            4,
            1,
            0,
            3,
            5);
    return graph.reshape(sorted, p * p, channels, columns());
  }

  /** Makes maps {@code value} of left · tiles · right. */
  private void image(String tiles, Shape shape, float[][] left, float[][] right, String value) {
    int channels = shape.dim(1);
    int p = transform.products();
    String sorted =
        graph.transpose(
            graph.reshape(tiles, p, p, channels, n, high, wide),
            Shape.of(n, channels, p, high, p, wide),
            3,
            2,
            0,
            4,
            1,
            5);
    String columns =
        graph.add(
            node(
                "",
                "MatMul",
                graph.reshape(sorted, n * channels * p * high, p * wide),
                matrix(right)),
            Shape.of(n * channels * p * high, shape.dim(3)));
    String both =
        graph.add(
            node(
                "",
                "MatMul",
                matrix(left),
                graph.reshape(columns, n * channels, p * high, shape.dim(3))),
            Shape.of(n * channels, shape.dim(2), shape.dim(3)));
    graph.makeReshaped(both, shape, value);
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
