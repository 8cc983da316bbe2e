package io.semimoe.training.schedule;

import io.semimoe.training.configuration.ScheduleSettings;
import java.util.List;

/** The learning rate in force in each epoch. */
public interface LearningRateSchedule {

  /**
   * Returns the learning rate.
   *
   * @param epoch epoch, counted from 0
   * @throws IllegalArgumentException if {@code epoch} is negative
   */
  double at(int epoch);

  /**
   * Returns the schedule that the settings describe.
   *
   * @param learningRate rate that the schedule scales
   * @param epochs number of epochs of the whole training
   */
  static LearningRateSchedule of(ScheduleSettings settings, double learningRate, int epochs) {
    return switch (settings.form()) {
      case PAPER -> paper(learningRate, settings.warmUpEpochs(), settings.halvingEpochs());
      case SCALED -> scaled(learningRate, epochs, settings.warmUpShare(), settings.halvingShares());
      case CONSTANT ->
          epoch -> {
            requireEpoch(epoch);
            return learningRate;
          };
    };
  }

  /**
   * The paper's schedule: {@code learningRate · epoch / warmUpEpochs} up to epoch {@code
   * warmUpEpochs}, then halved every {@code halvingEpochs} epochs.
   *
   * <p>Two quirks of the published code are kept: the first epoch trains with a rate of 0, and the
   * halvings are counted from epoch {@code warmUpEpochs + 1}, since the hand-over from warm-up to
   * halving costs an epoch. With 20 and 50 the rate halves at epochs 71, 121 and 171.
   */
  static LearningRateSchedule paper(double learningRate, int warmUpEpochs, int halvingEpochs) {
    return epoch -> {
      requireEpoch(epoch);
      if (epoch <= warmUpEpochs) {
        return learningRate * epoch / warmUpEpochs;
      }
      return learningRate * Math.pow(0.5, Math.floorDiv(epoch - warmUpEpochs - 1, halvingEpochs));
    };
  }

  /**
   * A schedule that stretches with the number of epochs: {@code learningRate · min(1, (epoch + 1) /
   * max(1, epochs · warmUpShare))}, halved once for each share {@code f} with {@code epoch ≥ epochs
   * · f}.
   */
  static LearningRateSchedule scaled(
      double learningRate, int epochs, double warmUpShare, List<Double> halvingShares) {
    List<Double> shares = List.copyOf(halvingShares);
    return epoch -> {
      requireEpoch(epoch);
      double warmUp = Math.min(1, (epoch + 1) / Math.max(1, epochs * warmUpShare));
      long halvings = shares.stream().filter(share -> epoch >= epochs * share).count();
      return learningRate * warmUp * Math.pow(0.5, (double) halvings);
    };
  }

  private static void requireEpoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch: expected at least 0, found " + epoch);
    }
  }
}
