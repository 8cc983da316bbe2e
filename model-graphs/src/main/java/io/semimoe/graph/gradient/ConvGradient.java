package io.semimoe.graph.gradient;

import io.semimoe.graph.Value;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.ConvGrad;
import io.semimoe.graph.op.Op;
import java.util.List;

/** Backward of convolution: one ConvGrad for all gradients that are wanted. */
final class ConvGradient {
  private ConvGradient() {}

  static void apply(Backward b) {
    boolean[] wanted = {b.needs(0), b.needs(1), b.needs(2)};
    Op op = new ConvGrad((Conv) b.node().op(), wanted[0], wanted[1], wanted[2]);
    List<Value> gradients = b.graph().apply(op, List.of(b.dY(), b.input(0), b.input(1)));
    int next = 0;
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        b.contribute(i, gradients.get(next++));
      }
    }
  }
}
