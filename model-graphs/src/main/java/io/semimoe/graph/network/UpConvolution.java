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
import io.semimoe.graph.op.Split;
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
    Value sums = graph.constant(Constant.floats(Shape.of(9, 16), sums()));
    Value taps = matMul(reshape(w, channels * inputs, 9), sums);
    List<Value> byPhase = graph.apply(new Split(1, List.of(4, 4, 4, 4)), List.of(taps));
    Value kernels = reshape(concat(0, byPhase), 4 * channels, inputs, 2, 2);
    Value phases = graph.apply(new Conv(2, 1), x, kernels);
    return graph.apply(new Crop(1), graph.apply(new DepthToSpace2x(), phases));
  }

  /** Returns the matrix [3 · 3, 4 · 2 · 2] that sums taps by rows and by columns. */
  private static float[] sums() {
    float[] matrix = new float[9 * 16];
    for (int tap = 0; tap < 9; tap++) {
      for (int phase = 0; phase < 4; phase++) {
        float[][] rows = SUMS[phase / 2];
        float[][] columns = SUMS[phase % 2];
        for (int i = 0; i < 4; i++) {
          matrix[16 * tap + 4 * phase + i] = rows[i / 2][tap / 3] * columns[i % 2][tap % 3];
        }
      }
    }
    return matrix;
  }
}
