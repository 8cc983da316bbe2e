package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.BatchLoader;
import io.semimoe.dataset.batch.EpochBatches;
import io.semimoe.dataset.batch.EvaluationSet;
import io.semimoe.dataset.batch.IterationBatches;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.graph.Graph;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.loss.UnsupervisedRamp;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.OptimizerSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.report.EpochReport;
import io.semimoe.training.report.EvaluationReport;
import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.run.RunRecorder;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.schedule.AverageRate;
import io.semimoe.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The semi-supervised training of Semi-MoE: epochs of iterations, each an unlabelled and a labelled
 * batch; evaluation, choice of the best checkpoint, and checkpoints to resume from.
 *
 * <p>An epoch is one pass over the unlabelled images. With the same seed, number of threads and
 * machine, two trainings give the same bits, interrupted or not. Holds native memory and threads
 * until closed. Not thread-safe.
 */
public final class SemiSupervisedTraining implements AutoCloseable {
  private final TrainingConfiguration configuration;
  private final CheckpointFiles checkpoints;
  private final TrainingSession session;
  private final NetworkTrainer trainer;
  private final BatchLoader loader;
  private final DropoutFactors dropout;
  private final LearningRateSchedule schedule;
  private final AverageRate averaging;
  private final UnsupervisedRamp ramp;
  private final EvaluationSplits splits;
  private final RunRecorder recorder;
  private final List<TrainingListener> listeners;
  private TrainingState state;

  private SemiSupervisedTraining(
      TrainingConfiguration configuration,
      SampleSet samples,
      TrainingImages images,
      RunFolder folder,
      TrainingSession session,
      TrainingState state,
      List<TrainingListener> listeners)
      throws DataException {
    this.configuration = configuration;
    this.session = session;
    this.state = state;
    OptimizerSettings optimizer = configuration.optimizer();
    this.checkpoints = new CheckpointFiles(folder);
    TrainingDesign design = Designs.training(configuration);
    this.trainer =
        new NetworkTrainer(
            session,
            design,
            new AdaptiveMultiObjectiveLoss(
                Designs.adaptiveLoss(configuration.adaptiveLoss()), state.adam()));
    this.dropout = new DropoutFactors(design, configuration.seed());
    this.schedule =
        LearningRateSchedule.of(
            configuration.schedule(),
            optimizer.learningRateFor(configuration.batchSize()),
            configuration.epochs());
    this.averaging = new AverageRate(configuration.weightAverage());
    this.ramp = new UnsupervisedRamp(configuration.unsupervisedWeight(), configuration.epochs());
    this.splits = EvaluationSplits.load(configuration, samples, state.normalization());
    this.loader = images.loader(configuration, state.normalization());
    new ResumeChecks(folder).checkIteration(state, loader.iterationsPerEpoch());
    this.recorder = RunRecorder.open(folder, state.epoch());
    this.listeners = new ArrayList<>(listeners);
    this.listeners.add(recorder);
  }

  /**
   * Returns the configuration with the device that it names or, where the machine is to decide,
   * with the device that this machine offers. To be called before anything is written.
   *
   * @throws io.semimoe.training.runtime.natives.NativeLibraryException if the device cannot be used
   */
  public static TrainingConfiguration onThisMachine(TrainingConfiguration configuration) {
    return configuration.withRuntime(DeviceChoice.of(configuration.runtime()));
  }

  /**
   * Checks that checkpoints of the network can be written, and reads what the training begins with.
   * To be called before anything is written.
   *
   * @throws io.semimoe.training.configuration.ConfigurationException if the network is too large
   * @throws DataException if the checkpoint to begin with cannot be read, is of another network, or
   *     tells no normalisation where it is to
   */
  public static InitialWeights initialWeights(TrainingConfiguration configuration)
      throws DataException {
    CheckpointSize.require(Designs.training(configuration));
    return InitialWeights.of(configuration);
  }

  /**
   * Begins a new training: writes the training artifacts and a checkpoint of the initial state.
   *
   * @param weights what {@link #initialWeights} returned for this configuration
   * @param samples images with their roles
   * @param folder a new run folder
   * @param listeners heard beside those that write the run folder
   * @throws DataException if an image cannot be read or the folder cannot be written
   */
  public static SemiSupervisedTraining start(
      TrainingConfiguration configuration,
      InitialWeights weights,
      SampleSet samples,
      RunFolder folder,
      List<TrainingListener> listeners)
      throws DataException {
    TrainingImages images = TrainingImages.load(configuration, samples);
    Normalization normalization = Designs.normalization(configuration, images, weights);
    TrainingDesign design = Designs.training(configuration);
    Graph graph = SemiMoeGraphs.training(design);
    Path initial = folder.initialCheckpoint();
    try {
      ArtifactWriter.write(folder.checkpoints(), design, graph);
      ArtifactWriter.writeInitialCheckpoint(initial, graph, weights::values);
    } catch (IOException e) {
      throw FileFailure.unwritable(folder.checkpoints(), e);
    }
    AdaptiveMultiObjectiveLoss loss =
        AdaptiveMultiObjectiveLoss.initial(Designs.adaptiveLoss(configuration.adaptiveLoss()));
    SemiSupervisedTraining training =
        open(
            configuration,
            samples,
            images,
            folder,
            initial,
            Optional.of(TrainingState.initial(loss.adam(), normalization)),
            listeners);
    try {
      // So that even a training that is killed in its first epoch can be resumed.
      training.checkpoints.writeLatest(training.session, training.state);
      Files.delete(initial);
    } catch (IOException e) {
      training.close();
      throw new DataException(initial, "cannot be deleted: " + FileFailure.reason(e), e);
    } catch (DataException | RuntimeException e) {
      training.close();
      throw e;
    }
    return training;
  }

  /**
   * Goes on with a training from its latest checkpoint.
   *
   * @param samples the same images as before
   * @param folder folder of the run
   * @param listeners heard beside those that write the run folder
   * @throws DataException if checkpoint or images cannot be read, or the folder cannot be written
   */
  public static SemiSupervisedTraining resume(
      TrainingConfiguration configuration,
      SampleSet samples,
      RunFolder folder,
      List<TrainingListener> listeners)
      throws DataException {
    ResumeChecks checks = new ResumeChecks(folder);
    checks.requireCheckpoint();
    Path latest = folder.latestCheckpoint();
    TrainingImages images = TrainingImages.load(configuration, samples);
    try {
      return open(configuration, samples, images, folder, latest, Optional.empty(), listeners);
    } catch (NativeLibraryException e) {
      throw e;
    } catch (RuntimeException e) {
      // A model that can be parsed may fail in ONNX Runtime, or before, while it is tuned.
      checks.tellDamage(e, configuration);
      throw e;
    }
  }

  private static SemiSupervisedTraining open(
      TrainingConfiguration configuration,
      SampleSet samples,
      TrainingImages images,
      RunFolder folder,
      Path checkpoint,
      Optional<TrainingState> initial,
      List<TrainingListener> listeners)
      throws DataException {
    TrainingSession session =
        TrainingSession.open(
            folder.checkpoints(), checkpoint, Designs.session(configuration.runtime()));
    try {
      new ResumeChecks(folder).checkModel(session, configuration);
      TrainingState state =
          initial.isPresent() ? initial.get() : CheckpointFiles.readState(session, checkpoint);
      return new SemiSupervisedTraining(
          configuration, samples, images, folder, session, state, listeners);
    } catch (DataException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Returns the number of iterations of each epoch. */
  public int iterationsPerEpoch() {
    return loader.iterationsPerEpoch();
  }

  /** Returns whether all epochs are done, so that {@link #run} has nothing left to do. */
  public boolean isFinished() {
    return state.epoch() >= configuration.epochs();
  }

  /**
   * Trains to the last epoch.
   *
   * @param interrupted asked before every iteration; once true, a checkpoint is written and the
   *     training ends
   * @return whether it was interrupted
   * @throws DataException if a file cannot be written
   * @throws DivergenceException if a loss, or what the network gives for an image that it is
   *     evaluated on, or for labelled ones before a checkpoint without an evaluation, is not
   *     finite; the latest checkpoint stays as it is
   */
  public boolean run(BooleanSupplier interrupted) throws DataException {
    while (!isFinished()) {
      if (!runEpoch(interrupted)) {
        requireFinite();
        written(checkpoints.writeLatest(session, state), false);
        return true;
      }
      int epoch = state.epoch();
      EpochReport report =
          state.sums().report(epoch, schedule.at(epoch), lambda(epoch), state.adam().values());
      listeners.forEach(l -> l.epochDone(report));
      boolean last = epoch == configuration.epochs() - 1;
      state = state.afterEpoch();
      if (last || (epoch + 1) % configuration.evaluation().everyEpochs() == 0) {
        evaluate(epoch, last);
      }
    }
    return false;
  }

  /** Returns false if it was interrupted before the end of the epoch. */
  private boolean runEpoch(BooleanSupplier interrupted) {
    try (EpochBatches batches = loader.epoch(state.epoch(), state.iteration())) {
      while (batches.hasNext()) {
        if (interrupted.getAsBoolean()) {
          return false;
        }
        iterate(batches);
      }
    }
    return true;
  }

  private void iterate(EpochBatches batches) {
    int epoch = state.epoch();
    int iteration = state.iteration();
    double learningRate = schedule.at(epoch);
    double lambda = lambda(epoch);
    long start = System.nanoTime();
    long waitedBefore = batches.waitNanoseconds();
    IterationBatches next = batches.next();
    double waited = (batches.waitNanoseconds() - waitedBefore) * 1e-9;
    NetworkTrainer.Iteration done =
        trainer.iterate(
            BatchInputs.of(next.labelled(), dropout.draw(epoch, iteration, true)),
            next.unlabelled()
                .map(batch -> BatchInputs.of(batch, dropout.draw(epoch, iteration, false))),
            lambda,
            learningRate,
            averaging.at((long) epoch * loader.iterationsPerEpoch() + iteration));
    IterationReport report =
        new IterationReport(
            epoch,
            iteration,
            loader.iterationsPerEpoch(),
            learningRate,
            lambda,
            done.labelled().expert(),
            done.labelled().gate(),
            done.unlabelled().map(BatchOutputs::expert).orElse(new TaskValues(0, 0, 0)),
            trainer.loss().s(),
            done.total(),
            (System.nanoTime() - start) * 1e-9,
            waited);
    if (!Double.isFinite(report.total()) || !report.s().isFinite()) {
      throw new DivergenceException(report);
    }
    GateStatistics statistics = done.unlabelled().orElse(done.labelled()).statistics();
    state = state.afterIteration(trainer.loss().adam(), state.sums().plus(report, statistics));
    listeners.forEach(l -> l.iterationDone(report));
  }

  /** The weight of the unlabelled images, 0 where there are none. */
  private double lambda(int epoch) {
    return configuration.supervisedOnly() ? 0 : ramp.lambda(epoch);
  }

  /** Before a checkpoint without an evaluation: losses only tell of the weights before a step. */
  private void requireFinite() {
    Evaluator.requireFinite(session, splits.probe(), configuration, state.epoch());
  }

  private void evaluate(int epoch, boolean last) throws DataException {
    if (splits.sets().isEmpty()) {
      requireFinite();
    }
    for (Map.Entry<String, EvaluationSet> split : splits.sets().entrySet()) {
      Map<String, Double> metrics =
          Evaluator.evaluate(session, split.getValue(), configuration, state.epoch());
      state = state.withMetrics(split.getKey(), metrics);
      EvaluationReport report = new EvaluationReport(epoch, split.getKey(), metrics);
      listeners.forEach(l -> l.evaluated(report));
    }
    Optional<Double> value = splits.selectionValue(state);
    boolean best =
        value.isPresent()
            ? state.bestMetric().isEmpty() || value.get() > state.bestMetric().get()
            : last;
    if (best && value.isPresent()) {
      state = state.withBest(value.get());
    }
    written(
        best
            ? checkpoints.writeBestAndLatest(session, state)
            : checkpoints.writeLatest(session, state),
        best);
  }

  private void written(Path checkpoint, boolean best) {
    listeners.forEach(l -> l.checkpointWritten(checkpoint, best));
  }

  /** Ends the loader's threads, the records and the native session. */
  @Override
  public void close() {
    try (session;
        recorder) {
      loader.close();
    }
  }
}
