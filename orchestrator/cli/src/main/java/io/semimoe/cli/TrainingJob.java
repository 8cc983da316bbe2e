package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.FileLock;
import io.semimoe.dataset.layout.DataReport;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.data.SyntheticData;
import io.semimoe.training.loop.InitialWeights;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.Provenance;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a training from options to exit, in the order in which mistakes cost least. */
final class TrainingJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

  private final TrainingConfiguration configuration;
  private final Checked data;
  private final RunFolder folder;
  private final FileLock lock;
  private final List<String> changes;
  private final String goOn;
  private final Opening opening;

  private interface Opening {
    SemiSupervisedTraining open(
        TrainingConfiguration configuration,
        SampleSet samples,
        RunFolder folder,
        List<TrainingListener> listeners)
        throws DataException;
  }

  private interface Images {
    Checked get() throws DataException;
  }

  /** The images, and what the check found. */
  private record Checked(SampleSet samples, DataReport report) {}

  private TrainingJob(
      TrainingConfiguration configuration,
      Checked data,
      RunFolder folder,
      FileLock lock,
      List<String> changes,
      String goOn,
      Opening opening) {
    this.configuration = configuration;
    this.data = data;
    this.folder = folder;
    this.lock = lock;
    this.changes = changes;
    this.goOn = goOn;
    this.opening = opening;
  }

  /**
   * Prepares a new training. Nothing is deleted or written before the natives and the images of the
   * user are known to be good.
   *
   * @throws DataException if the data or the folder cannot be used
   */
  static TrainingJob start(TrainingConfiguration wanted, Path output, boolean overwrite)
      throws DataException {
    NativeRuntime natives = NativeLibraries.load();
    TrainingConfiguration given = SemiSupervisedTraining.onThisMachine(wanted);
    InitialWeights weights = SemiSupervisedTraining.initialWeights(given);
    given.initialCheckpoint().ifPresent(file -> LOG.info("Begins with the weights of {}", file));
    TrainingConfiguration configuration = isGenerated(given) ? placed(given, output) : given;
    Provenance begun = RunOrigin.of(configuration, natives, weights);
    if (!isGenerated(given) || !liesIn(output, configuration.data().root().orElseThrow())) {
      Checked data = images(configuration, false);
      return begin(configuration, weights, begun, RunFolder.create(output, overwrite), () -> data);
    }
    if (overwrite) {
      SyntheticData.requireReplaceable(
          configuration.data().root().orElseThrow(), configuration.data().synthetic());
    }
    return begin(
        configuration,
        weights,
        begun,
        RunFolder.create(output, overwrite),
        () -> images(configuration, overwrite));
  }

  private static boolean isGenerated(TrainingConfiguration configuration) {
    return configuration.data().layout() == DataSettings.Layout.SYNTHETIC;
  }

  /** Returns the configuration with the place where images are generated. */
  private static TrainingConfiguration placed(TrainingConfiguration given, Path output) {
    DataSettings data = given.data();
    return given.withData(data.withRoot(data.root().orElse(output.resolve("data"))));
  }

  private static boolean liesIn(Path folder, Path path) {
    return path.startsWith(folder.toAbsolutePath().normalize());
  }

  /** Generates the images if need be, and checks them. */
  private static Checked images(TrainingConfiguration configuration, boolean replace)
      throws DataException {
    if (isGenerated(configuration)) {
      DataSettings settings = configuration.data();
      SyntheticData.prepare(settings.root().orElseThrow(), settings.synthetic(), replace);
    }
    return checked(configuration);
  }

  private static TrainingJob begin(
      TrainingConfiguration configuration,
      InitialWeights weights,
      Provenance begun,
      RunFolder folder,
      Images images)
      throws DataException {
    FileLock lock = folder.lock();
    try {
      // First of all, so that what is interrupted from here on can be overwritten.
      record(folder, begun);
      Checked data = images.get();
      record(folder, RunOrigin.withData(begun, configuration, data.samples()));
      folder.writeConfiguration(ConfigurationLoader.toYaml(configuration));
      return new TrainingJob(
          configuration,
          data,
          folder,
          lock,
          List.of(),
          Launcher.command("resume", folder.root()),
          (settings, found, run, listeners) ->
              SemiSupervisedTraining.start(settings, weights, found, run, listeners));
    } catch (IOException e) {
      lock.close();
      throw FileFailure.unwritable(folder.root(), e);
    } catch (DataException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Prepares to go on with a training.
   *
   * @throws DataException if the data or the folder cannot be used
   */
  static TrainingJob resume(Path run, RunOptions options) throws DataException {
    NativeLibraries.load();
    RunFolder folder = RunFolder.open(run).writable();
    FileLock lock = folder.lock();
    try {
      TrainingConfiguration configuration = options.load(folder);
      Checked data = checked(configuration);
      Provenance provenance = folder.readProvenance();
      List<String> changes = RunOrigin.changes(provenance, folder, configuration, data.samples());
      record(folder, provenance.resumed());
      return new TrainingJob(
          configuration,
          data,
          folder,
          lock,
          changes,
          goOn(folder, options),
          SemiSupervisedTraining::resume);
    } catch (DataException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String goOn(RunFolder folder, RunOptions options) {
    List<Object> arguments = new ArrayList<>(List.of("resume", folder.root()));
    arguments.addAll(options.given());
    return Launcher.command(arguments.toArray());
  }

  private static void record(RunFolder folder, Provenance provenance) throws DataException {
    try {
      folder.writeProvenance(provenance);
    } catch (IOException e) {
      throw FileFailure.unwritable(folder.provenance(), e);
    }
  }

  /**
   * Trains to the end, or until the user interrupts, and tells how to go on.
   *
   * @return the exit code
   * @throws DataException if data or files fail on the way
   */
  int run(SemiMoeCommand command) throws DataException {
    boolean interrupted;
    try (lock) {
      interrupted = train(command);
      record(folder, folder.readProvenance().ended());
    }
    if (interrupted) {
      command.err().println("Interrupted. Go on with: " + goOn);
      return ExitCodes.INTERRUPTED;
    }
    command.out().println(folder.root());
    return ExitCodes.OK;
  }

  private boolean train(SemiMoeCommand command) throws DataException {
    try (RunLog log = RunLog.open(folder.log())) {
      LOG.debug("Logging to {} as well", log);
      data.report().roles().forEach(role -> LOG.info("{}", role.toText()));
      data.report().warnings().forEach(LOG::warn);
      changes.forEach(LOG::warn);
      try {
        return trainUntilTheEnd(command);
      } catch (DataException | RuntimeException | Error e) {
        log.failed(e);
        throw e;
      }
    }
  }

  /** Returns whether the user interrupted. */
  private boolean trainUntilTheEnd(SemiMoeCommand command) throws DataException {
    try (ConsoleProgress progress =
            new ConsoleProgress(
                configuration.epochs(), configuration.supervisedOnly(), Terminal.isWatched());
        Interruption interruption = Interruption.listen();
        SemiSupervisedTraining training =
            opening.open(configuration, data.samples(), folder, List.of(progress))) {
      if (training.isFinished()) {
        command.err().printf("All %d epochs are done already.%n", configuration.epochs());
      } else {
        LOG.info("an epoch has {} iterations", training.iterationsPerEpoch());
      }
      return training.run(interruption);
    }
  }

  /**
   * Finds the images and checks all of them.
   *
   * @throws DataException if any cannot be used
   */
  private static Checked checked(TrainingConfiguration configuration) throws DataException {
    SampleSet samples = RunData.forTraining(configuration);
    DataReport report = RunData.check(configuration, samples);
    report.requireUsable();
    return new Checked(samples, report);
  }
}
