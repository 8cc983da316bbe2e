package io.semimoe.graph.network;

import static io.semimoe.graph.Operators.concat;
import static io.semimoe.graph.Operators.matMul;
import static io.semimoe.graph.Operators.reshape;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.Crop;
import io.semimoe.graph.op.DepthToSpace2x;
import io.semimoe.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Nearest-neighbour upsampling by 2 and a 3 × 3 convolution of the result, in one and without the
 * upsampled map.
 *
 * <p>Upsampled pixels repeat, so each output pixel reads 2 × 2 different ones, through a kernel
 * whose taps are sums of those of the 3 × 3 kernel. Which sums depends on whether its row and its
 * column are odd or even: four kernels, applied as one convolution with four times the channels,
 * and interleaved. That takes 4 products where 9 are needed on the upsampled map, forward and
 * backward; the result differs in rounding only.
 */
final class UpConvolution {
  /**
   * How the three taps of a column add up to two, for odd output rows and for even ones; likewise
   * for columns. Input rows p − 1 and p make output rows 2p − 1 and 2p.
   */
  private static final float[][][] SUMS = {{{1, 1, 0}, {0, 0, 1}}, {{1, 0, 0}, {0, 1, 1}}};

  private UpConvolution() {}

  /** Returns the map [N, M, 2H, 2W] for x [N, C, H, W] and the 3 × 3 kernel w [M, C, 3, 3]. */
  static Value apply(Value x, Value w) {
    Graph graph = x.graph();
    int channels = w.shape().dim(0);
    int inputs = w.shape().dim(1);
    Value taps = reshape(w, channels * inputs, 9);
    List<Value> kernels = new ArrayList<>();
    for (float[][] rows : SUMS) {
      for (float[][] columns : SUMS) {
        Value sums = graph.constant(Constant.floats(Shape.of(9, 4), product(rows, columns)));
        kernels.add(reshape(matMul(taps, sums), channels, inputs, 2, 2));
      }
    }
    Value phases = graph.apply(new Conv(2, 1), x, concat(0, kernels));
    return graph.apply(new Crop(1), graph.apply(new DepthToSpace2x(), phases));
  }

  /** Returns the matrix [3 · 3, 2 · 2] that sums taps by rows and by columns. */
  private static float[] product(float[][] rows, float[][] columns) {
    float[] matrix = new float[9 * 4];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < 2; i++) {
          for (int j = 0; j < 2; j++) {
            matrix[(3 * r + c) * 4 + 2 * i + j] = rows[i][r] * columns[j][c];
          }
        }
      }
    }
    return matrix;
  }
}
