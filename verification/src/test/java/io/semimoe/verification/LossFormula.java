package io.semimoe.verification;

import io.semimoe.graph.Value;
import io.semimoe.loss.BoundaryDiceLoss;
import io.semimoe.loss.SegmentationDiceLoss;
import io.semimoe.loss.SignedDistanceLoss;
import java.util.function.DoubleUnaryOperator;

/**
 * Each loss as a graph beside its formula in double, for two images of six pixels: logits and
 * targets are [2, C, 2, 3].
 */
enum LossFormula {
  SEGMENTATION(2) {
    @Override
    Value graph(Value logits, Value target) {
      return SegmentationDiceLoss.of(logits, target);
    }

    @Override
    double value(double[] x, float[] target) {
      return dice(x, target, 1, p -> p * p);
    }
  },
  BOUNDARY(2) {
    @Override
    Value graph(Value logits, Value target) {
      return BoundaryDiceLoss.of(logits, target);
    }

    @Override
    double value(double[] x, float[] target) {
      return dice(x, target, 1e-8, p -> p);
    }
  },
  DISTANCE(1) {
    @Override
    Value graph(Value logits, Value target) {
      return SignedDistanceLoss.of(logits, target);
    }

    @Override
    double value(double[] x, float[] target) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += Math.pow(Math.tanh(x[i]) - target[i], 2);
      }
      return sum / x.length;
    }
  };

  static final int IMAGES = 2;
  static final int PIXELS = 6;

  private final int channels;

  LossFormula(int channels) {
    this.channels = channels;
  }

  /** Adds the loss of the library to the graph of its operands. */
  abstract Value graph(Value logits, Value target);

  /** Returns what the loss should be. */
  abstract double value(double[] x, float[] target);

  int[] dims() {
    return new int[] {IMAGES, channels, 2, 3};
  }

  int elements() {
    return IMAGES * channels * PIXELS;
  }

  private static double dice(double[] x, float[] y, double smooth, DoubleUnaryOperator size) {
    double sum = 0;
    for (int image = 0; image < IMAGES; image++) {
      for (int c = 0; c < 2; c++) {
        double overlap = 0;
        double sizes = 0;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
          int own = (2 * image + c) * PIXELS + pixel;
          int other = (2 * image + 1 - c) * PIXELS + pixel;
          double p = 1 / (1 + Math.exp(x[other] - x[own]));
          overlap += p * y[own];
          sizes += size.applyAsDouble(p) + size.applyAsDouble(y[own]);
        }
        sum += 1 - (2 * overlap + smooth) / (sizes + smooth);
      }
    }
    return sum / (2 * IMAGES);
  }
}
