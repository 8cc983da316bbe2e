package io.semimoe.loss;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The adaptive multi-objective loss of Semi-MoE with its learned weights s1..s3:
 *
 * <pre>A(L) = Σ_t c_t · e^(−s_t) · L_t + r · e^(s_t)</pre>
 *
 * with the coefficients c and the regularizer r of its settings; in the paper c = (1, 0.5, 1) for
 * segmentation, signed distance and boundary, and r = 0.4. An iteration's total is A(labelled) + λ
 * · A(unlabelled); s is trained by {@link Adam} on its gradient. Immutable.
 *
 * @param settings constants of the loss and its optimizer
 * @param adam state of the optimizer, which holds s
 */
public record AdaptiveMultiObjectiveLoss(Settings settings, Adam adam) {

  /**
   * Constants of the loss.
   *
   * @param initial value that s1..s3 begin with
   * @param learningRate learning rate of Adam
   * @param weightDecay weight decay of Adam, added to the gradient
   * @param coefficients c_t, the fixed factors of the losses
   * @param regularizer factor of the terms e^(s_t)
   */
  public record Settings(
      double initial,
      double learningRate,
      double weightDecay,
      TaskValues coefficients,
      double regularizer) {

    /** Checks that all constants are finite. */
    public Settings {
      checkArgument(
          coefficients.isFinite()
              && Double.isFinite(regularizer + initial + learningRate + weightDecay),
          "adaptive loss: expected finite constants, found %s, %s, %s, %s, %s",
          coefficients,
          regularizer,
          initial,
          learningRate,
          weightDecay);
    }
  }

  /** Returns the loss at the start of training. */
  public static AdaptiveMultiObjectiveLoss initial(Settings settings) {
    double s = settings.initial();
    return new AdaptiveMultiObjectiveLoss(settings, Adam.initial(new TaskValues(s, s, s)));
  }

  /** Returns s1..s3. */
  public TaskValues s() {
    return adam.values();
  }

  /** Returns the factors c_t · e^(−s_t) of the losses, which are ∂A/∂L_t. */
  public TaskValues weights() {
    return settings.coefficients().times(s().map(v -> Math.exp(-v)));
  }

  /** Returns A(losses). */
  public double value(TaskValues losses) {
    return weights().times(losses).plus(regularizers()).sum();
  }

  /** Returns ∂A/∂s_t = −c_t · e^(−s_t) · L_t + r · e^(s_t). */
  public TaskValues gradient(TaskValues losses) {
    return weights().times(losses).times(-1).plus(regularizers());
  }

  /** Returns the loss after one step of Adam along {@code gradient}. */
  public AdaptiveMultiObjectiveLoss step(TaskValues gradient) {
    return new AdaptiveMultiObjectiveLoss(
        settings, adam.step(gradient, settings.learningRate(), settings.weightDecay()));
  }

  private TaskValues regularizers() {
    return s().map(v -> settings.regularizer() * Math.exp(v));
  }
}
