package io.semimoe.training.configuration;

import java.util.List;

/**
 * How pixels are normalised: (pixel / 255 − mean) / std, per channel.
 *
 * @param kind where mean and deviation come from
 * @param mean {@link Kind#EXPLICIT}: means of red, green and blue in [0, 1]; otherwise empty
 * @param std {@link Kind#EXPLICIT}: deviations of red, green and blue, above 0; otherwise empty
 */
public record NormalizationSettings(Kind kind, List<Double> mean, List<Double> std) {

  /** Sources of mean and deviation. */
  public enum Kind {
    /** The paper's values: those for CRAG where the files lie like CRAG's, else those for GlaS. */
    PAPER,
    /** The paper's values for GlaS. */
    GLAS,
    /** The paper's values for CRAG. */
    CRAG,
    /** Measured on the images that are trained on, without their masks. */
    MEASURED,
    /** That of the run that wrote {@link TrainingConfiguration#initialCheckpoint}. */
    CHECKPOINT,
    /** As given. */
    EXPLICIT
  }

  /**
   * Checks the ranges and copies the lists.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public NormalizationSettings {
    Checks.present("kind", kind);
    Checks.present("mean", mean);
    Checks.present("std", std);
    mean.forEach(value -> Checks.present("mean", value));
    std.forEach(value -> Checks.present("std", value));
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    String lengths =
        kind == Kind.EXPLICIT
            ? "three numbers, since kind is explicit"
            : "an empty list, since kind is not explicit";
    int length = kind == Kind.EXPLICIT ? 3 : 0;
    Checks.require(mean.size() == length, "mean", lengths, mean);
    Checks.require(std.size() == length, "std", lengths, std);
    for (double value : mean) {
      Checks.require(value >= 0 && value <= 1, "mean", "numbers from 0 to 1", mean);
    }
    for (double value : std) {
      Checks.positive("std", value);
    }
  }
}
