package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.AdaptiveLossSettings;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.NormalizationSettings;
import io.semimoe.training.configuration.OptimizerSettings;
import io.semimoe.training.configuration.RuntimeSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.runtime.CudaSettings;
import io.semimoe.training.runtime.SessionSettings;
import java.util.List;
import java.util.Optional;

/** What a configuration means in terms of the modules that carry it out. */
final class Designs {
  private Designs() {}

  static TrainingDesign training(TrainingConfiguration c) {
    OptimizerSettings o = c.optimizer();
    int size = c.network().size();
    return new TrainingDesign(
        new NetworkSpec(c.network().width(), c.batchSize(), size, size),
        c.jointPass() && !c.supervisedOnly() ? 2 : 1,
        c.network().dropout(),
        optimizer(o),
        c.weightAverage() > 0);
  }

  private static Optimizer optimizer(OptimizerSettings o) {
    return switch (o.kind()) {
      case SGD -> new Optimizer.Sgd(o.momentum(), o.weightDecay());
      case ADAMW -> new Optimizer.AdamW(o.beta1(), o.beta2(), o.epsilon(), o.weightDecay());
    };
  }

  static AdaptiveMultiObjectiveLoss.Settings adaptiveLoss(AdaptiveLossSettings a) {
    return new AdaptiveMultiObjectiveLoss.Settings(
        a.initial(), a.learningRate(), a.weightDecay(), a.coefficients(), a.regularizer());
  }

  static SessionSettings session(RuntimeSettings r) {
    return new SessionSettings(
        r.threadsOrProcessors(),
        r.spinning(),
        r.device().cuda().stream()
            .mapToObj(gpu -> new CudaSettings(gpu, r.tf32(), r.exhaustiveSearch()))
            .findAny(),
        Optional.empty());
  }

  /**
   * Returns the normalisation; the images are read only if it is to be measured.
   *
   * @throws DataException if it cannot be measured on these images, or is that of a checkpoint that
   *     tells none
   */
  static Normalization normalization(
      TrainingConfiguration c, TrainingImages images, InitialWeights weights) throws DataException {
    NormalizationSettings n = c.data().normalization();
    return switch (n.kind()) {
      case PAPER ->
          c.data().layout() == DataSettings.Layout.CRAG ? Normalization.CRAG : Normalization.GLAS;
      case GLAS -> Normalization.GLAS;
      case CRAG -> Normalization.CRAG;
      case EXPLICIT -> new Normalization(floats(n.mean()), floats(n.std()));
      case MEASURED -> Normalization.measure(images.all());
      case CHECKPOINT -> weights.normalization();
    };
  }

  private static float[] floats(List<Double> values) {
    float[] result = new float[values.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i).floatValue();
    }
    return result;
  }
}
