package io.semimoe.training.configuration;

import java.util.List;

/**
 * How the learning rate changes from epoch to epoch.
 *
 * @param form which schedule
 * @param warmUpEpochs {@link Form#PAPER}: epochs of linear warm-up, at least 1
 * @param halvingEpochs {@link Form#PAPER}: epochs after which the rate is halved again, at least 1
 * @param warmUpShare {@link Form#SCALED}: share of all epochs that warm up, in [0, 1)
 * @param halvingShares {@link Form#SCALED}: shares of all epochs after which the rate is halved,
 *     each in [0, 1)
 */
public record ScheduleSettings(
    Form form,
    int warmUpEpochs,
    int halvingEpochs,
    double warmUpShare,
    List<Double> halvingShares) {

  /** The schedules on offer. */
  public enum Form {
    /** Warm-up and halving after fixed numbers of epochs, as in the paper. */
    PAPER,
    /** Warm-up and halving after fixed shares of the number of epochs. */
    SCALED,
    /** The same learning rate in every epoch. */
    CONSTANT
  }

  /**
   * Checks the ranges and copies the list.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public ScheduleSettings {
    Checks.present("form", form);
    Checks.atLeast("warmUpEpochs", warmUpEpochs, 1);
    Checks.atLeast("halvingEpochs", halvingEpochs, 1);
    Checks.share("warmUpShare", warmUpShare);
    Checks.present("halvingShares", halvingShares);
    halvingShares.forEach(
        share -> {
          Checks.present("halvingShares", share);
          Checks.share("halvingShares", share);
        });
    halvingShares = List.copyOf(halvingShares);
  }
}
