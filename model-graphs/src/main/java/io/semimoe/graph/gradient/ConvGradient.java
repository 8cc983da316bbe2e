package io.semimoe.graph.gradient;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.Reverse;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.Transpose;
import java.util.List;

/**
 * Backward of convolution. The gradient of the input is itself a convolution, of dY with the
 * weights turned by 180° and their channels swapped; on large maps the forward kernel is about
 * twice as fast as the one of ConvGrad on a CPU, on small deep maps it is slower.
 */
final class ConvGradient {
  /** Smallest H · W for which the input gradient is computed by a forward convolution. */
  private static final int LARGE_MAP = 64 * 64;

  private ConvGradient() {}

  static void apply(Backward b) {
    int kernel = ((Conv) b.node().op()).kernel();
    Value x = b.input(0);
    Value w = b.input(1);
    boolean asConv = b.needs(0) && x.shape().dim(2) * x.shape().dim(3) >= LARGE_MAP;
    if (asConv) {
      Value dX = b.graph().apply(new Conv(kernel), b.dY(), turned(w));
      b.contribute(0, dX);
    }
    boolean[] wanted = {b.needs(0) && !asConv, b.needs(1), b.needs(2)};
    if (!wanted[0] && !wanted[1] && !wanted[2]) {
      return;
    }
    List<Value> gradients =
        b.graph()
            .apply(new ConvGrad(kernel, wanted[0], wanted[1], wanted[2]), List.of(b.dY(), x, w));
    int next = 0;
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        b.contribute(i, gradients.get(next++));
      }
    }
  }

  private static Value turned(Value w) {
    Graph graph = w.graph();
    Value swapped = graph.apply(new Transpose(List.of(1, 0, 2, 3)), w);
    Shape shape = w.shape();
    return shape.dim(2) == 1 ? swapped : graph.apply(new Reverse(List.of(2, 3)), swapped);
  }
}
