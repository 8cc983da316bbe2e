package io.semimoe.training.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that decides what a training run does. Values come from {@link ConfigurationLoader};
 * no default lives in code.
 *
 * @param preset name of the preset that the settings started from
 * @param seed seed of initial weights, data order, augmentation, dropout and synthetic data
 * @param initialCheckpoint checkpoint of a run with the parameters and running statistics to begin
 *     with; empty to draw them
 * @param epochs number of epochs, at least 1; an epoch is one pass over the unlabelled images
 * @param batchSize images per batch, at least 1; an iteration takes one labelled and one unlabelled
 *     batch
 * @param network shape of the network
 * @param optimizer optimiser of the network's parameters
 * @param schedule learning rate per epoch
 * @param adaptiveLoss weighting of the three tasks
 * @param weightAverage share of the training so far over which the weights are averaged, in [0, 1);
 *     the average is what is evaluated and exported. 0 keeps none
 * @param unsupervisedWeight factor f of the weight λ = f·(epoch + 1) / epochs of the unlabelled
 *     loss
 * @param supervisedOnly whether the unlabelled images are left out
 * @param jointPass whether the labelled and the unlabelled batch of an iteration run through the
 *     network together, each normalised by its own statistics
 * @param data images
 * @param evaluation evaluation while training
 * @param runtime threads and device
 */
public record TrainingConfiguration(
    String preset,
    long seed,
    Optional<Path> initialCheckpoint,
    int epochs,
    int batchSize,
    NetworkSettings network,
    OptimizerSettings optimizer,
    ScheduleSettings schedule,
    AdaptiveLossSettings adaptiveLoss,
    double weightAverage,
    double unsupervisedWeight,
    boolean supervisedOnly,
    boolean jointPass,
    DataSettings data,
    EvaluationSettings evaluation,
    RuntimeSettings runtime) {

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public TrainingConfiguration {
    Checks.require(preset != null && !preset.isBlank(), "preset", "a name", preset);
    Checks.atLeast("epochs", epochs, 1);
    Checks.atLeast("batchSize", batchSize, 1);
    Checks.present("network", network);
    Checks.present("optimizer", optimizer);
    Checks.present("schedule", schedule);
    Checks.present("adaptiveLoss", adaptiveLoss);
    Checks.share("weightAverage", weightAverage);
    Checks.notNegative("unsupervisedWeight", unsupervisedWeight);
    Checks.present("data", data);
    Checks.require(
        initialCheckpoint.isPresent()
            || data.normalization().kind() != NormalizationSettings.Kind.CHECKPOINT,
        "data.normalization.kind",
        "another one, since there is no initialCheckpoint",
        "checkpoint");
    Checks.present("evaluation", evaluation);
    Checks.present("runtime", runtime);
  }

  /** Returns this configuration with other data. */
  public TrainingConfiguration withData(DataSettings newData) {
    return new TrainingConfiguration(
        preset,
        seed,
        initialCheckpoint,
        epochs,
        batchSize,
        network,
        optimizer,
        schedule,
        adaptiveLoss,
        weightAverage,
        unsupervisedWeight,
        supervisedOnly,
        jointPass,
        newData,
        evaluation,
        runtime);
  }

  /** Returns this configuration on another machine or device. */
  public TrainingConfiguration withRuntime(RuntimeSettings newRuntime) {
    return new TrainingConfiguration(
        preset,
        seed,
        initialCheckpoint,
        epochs,
        batchSize,
        network,
        optimizer,
        schedule,
        adaptiveLoss,
        weightAverage,
        unsupervisedWeight,
        supervisedOnly,
        jointPass,
        data,
        evaluation,
        newRuntime);
  }
}
