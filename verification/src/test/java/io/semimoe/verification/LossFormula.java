package io.semimoe.verification;

import io.semimoe.graph.Value;
import io.semimoe.graph.network.Task;
import io.semimoe.loss.BoundaryDiceLoss;
import io.semimoe.loss.SegmentationDiceLoss;
import io.semimoe.loss.SignedDistanceLoss;
import java.util.function.DoubleUnaryOperator;

/** Each loss as a graph beside its formula in double; logits and targets are [N, C, H, W]. */
enum LossFormula {
  SEGMENTATION(2) {
    @Override
    Value graph(Value logits, Value target) {
      return SegmentationDiceLoss.of(logits, target);
    }

    @Override
    double value(double[] x, float[] target, int images) {
      return dice(x, target, images, 1, p -> p * p);
    }
  },
  BOUNDARY(2) {
    @Override
    Value graph(Value logits, Value target) {
      return BoundaryDiceLoss.of(logits, target);
    }

    @Override
    double value(double[] x, float[] target, int images) {
      return dice(x, target, images, 1e-8, p -> p);
    }
  },
  DISTANCE(1) {
    @Override
    Value graph(Value logits, Value target) {
      return SignedDistanceLoss.of(logits, target);
    }

    @Override
    double value(double[] x, float[] target, int images) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += Math.pow(Math.tanh(x[i]) - target[i], 2);
      }
      return sum / x.length;
    }
  };

  private final int channels;

  LossFormula(int channels) {
    this.channels = channels;
  }

  /** Returns the loss of a task. */
  static LossFormula of(Task task) {
    return switch (task) {
      case SEGMENTATION -> SEGMENTATION;
      case DISTANCE -> DISTANCE;
      case BOUNDARY -> BOUNDARY;
    };
  }

  /** Adds the loss of the library to the graph of its operands. */
  abstract Value graph(Value logits, Value target);

  /** Returns what the loss of a batch should be. */
  abstract double value(double[] x, float[] target, int images);

  int channels() {
    return channels;
  }

  private static double dice(
      double[] x, float[] y, int images, double smooth, DoubleUnaryOperator size) {
    int pixels = x.length / (2 * images);
    double sum = 0;
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < 2; c++) {
        double overlap = 0;
        double sizes = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
          int own = (2 * image + c) * pixels + pixel;
          int other = (2 * image + 1 - c) * pixels + pixel;
          double p = 1 / (1 + Math.exp(x[other] - x[own]));
          overlap += p * y[own];
          sizes += size.applyAsDouble(p) + size.applyAsDouble(y[own]);
        }
        sum += 1 - (2 * overlap + smooth) / (sizes + smooth);
      }
    }
    return sum / (2 * images);
  }
}
