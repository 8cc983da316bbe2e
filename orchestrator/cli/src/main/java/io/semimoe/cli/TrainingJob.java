package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.layout.DataCheck;
import io.semimoe.dataset.layout.DataReport;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.data.SyntheticData;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.Provenance;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.run.RunLock;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a training from options to exit, in the order in which mistakes cost least. */
final class TrainingJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

  private final TrainingConfiguration configuration;
  private final SampleSet samples;
  private final RunFolder folder;
  private final RunLock lock;
  private final List<String> changes;
  private final Opening opening;

  private interface Opening {
    SemiSupervisedTraining open(
        TrainingConfiguration configuration,
        SampleSet samples,
        RunFolder folder,
        List<TrainingListener> listeners)
        throws DataException;
  }

  private TrainingJob(
      TrainingConfiguration configuration,
      SampleSet samples,
      RunFolder folder,
      RunLock lock,
      List<String> changes,
      Opening opening) {
    this.configuration = configuration;
    this.samples = samples;
    this.folder = folder;
    this.lock = lock;
    this.changes = changes;
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
    SemiSupervisedTraining.requireCheckpoints(given);
    given.initialCheckpoint().ifPresent(file -> LOG.info("Begins with the weights of {}", file));
    if (given.data().layout() != DataSettings.Layout.SYNTHETIC) {
      SampleSet samples = checked(given);
      return begin(given, samples, RunFolder.create(output, overwrite), natives);
    }
    Path data = given.data().root().orElse(output.resolve("data"));
    TrainingConfiguration configuration = given.withData(given.data().withRoot(data));
    if (absolute(data).startsWith(absolute(output))) {
      if (overwrite) {
        SyntheticData.requireReplaceable(data, given.data().synthetic());
      }
      RunFolder folder = RunFolder.create(output, overwrite);
      SyntheticData.prepare(data, given.data().synthetic(), overwrite);
      return begin(configuration, checked(configuration), folder, natives);
    }
    SyntheticData.prepare(data, given.data().synthetic(), false);
    SampleSet samples = checked(configuration);
    return begin(configuration, samples, RunFolder.create(output, overwrite), natives);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static TrainingJob begin(
      TrainingConfiguration configuration,
      SampleSet samples,
      RunFolder folder,
      NativeRuntime natives)
      throws DataException {
    String yaml = ConfigurationLoader.toYaml(configuration);
    RunLock lock = folder.lock();
    try {
      folder.writeProvenance(
          Provenance.start(
              Version.text(),
              natives,
              yaml,
              hash(configuration, samples),
              images(samples),
              hash(configuration.initialCheckpoint()),
              Map.of("training", configuration.seed())));
      folder.writeConfiguration(yaml);
    } catch (IOException e) {
      lock.close();
      throw new DataException(folder.root(), "cannot be written: " + FileFailure.reason(e), e);
    } catch (DataException | RuntimeException e) {
      lock.close();
      throw e;
    }
    return new TrainingJob(
        configuration, samples, folder, lock, List.of(), SemiSupervisedTraining::start);
  }

  /**
   * Prepares to go on with a training.
   *
   * @throws DataException if the data or the folder cannot be used
   */
  static TrainingJob resume(Path run, DeviceOption device) throws DataException {
    NativeLibraries.load();
    RunFolder folder = RunFolder.open(run).writable();
    RunLock lock = folder.lock();
    try {
      TrainingConfiguration configuration =
          device.on(ConfigurationLoader.read(folder.configuration()));
      SampleSet samples = checked(configuration);
      Provenance provenance = folder.readProvenance();
      List<String> changes = changes(provenance, configuration, samples);
      record(folder, provenance.resumed());
      return new TrainingJob(
          configuration, samples, folder, lock, changes, SemiSupervisedTraining::resume);
    } catch (DataException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Tells what keeps the run from becoming what it had become without an interruption. */
  private static List<String> changes(
      Provenance begun, TrainingConfiguration configuration, SampleSet samples)
      throws DataException {
    List<String> changes = new ArrayList<>();
    if (!begun.version().equals(Version.text())) {
      changes.add(
          "The run was begun by semi-moe "
              + begun.version()
              + " and goes on with "
              + Version.text()
              + ": numbers may differ");
    }
    if (!begun.dataSha256().equals(hash(configuration, samples))) {
      changes.add(
          "The data are not those that the run was begun with: names or lengths of files differ."
              + " It goes on with what is there now");
    }
    return changes;
  }

  private static void record(RunFolder folder, Provenance provenance) throws DataException {
    try {
      folder.writeProvenance(provenance);
    } catch (IOException e) {
      throw new DataException(
          folder.provenance(), "cannot be written: " + FileFailure.reason(e), e);
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
      command
          .err()
          .println("Interrupted. Go on with: " + Launcher.command("resume", folder.root()));
      command.err().flush();
      return ExitCodes.INTERRUPTED;
    }
    command.out().println(folder.root());
    return ExitCodes.OK;
  }

  private boolean train(SemiMoeCommand command) throws DataException {
    try (RunLog log = RunLog.open(folder.log());
        ConsoleProgress progress =
            new ConsoleProgress(
                configuration.epochs(), configuration.supervisedOnly(), Terminal.isWatched());
        Interruption interruption = Interruption.listen();
        SemiSupervisedTraining training =
            opening.open(configuration, samples, folder, List.of(progress))) {
      LOG.debug("Logging to {} as well", log);
      changes.forEach(LOG::warn);
      if (training.isFinished()) {
        command.err().printf("All %d epochs are done already.%n", configuration.epochs());
        command.err().flush();
      }
      return training.run(interruption).interrupted();
    }
  }

  /**
   * Finds the images and checks all of them; what may be a mistake becomes a warning in the log.
   */
  static SampleSet checked(TrainingConfiguration configuration) throws DataException {
    SampleSet samples = RunData.forTraining(configuration);
    DataReport report = DataCheck.run(samples, configuration.runtime().threadsOrProcessors());
    report.requireUsable();
    report.roles().forEach(role -> LOG.info("{}", role.toText()));
    report.warnings().forEach(LOG::warn);
    return samples;
  }

  private static Optional<String> hash(Optional<Path> file) throws IOException {
    return file.isPresent() ? Optional.of(Provenance.hashOfFile(file.get())) : Optional.empty();
  }

  private static Map<String, Integer> images(SampleSet samples) {
    Map<String, Integer> images = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      images.put(role.text(), samples.of(role).size());
    }
    return images;
  }

  private static String hash(TrainingConfiguration configuration, SampleSet samples)
      throws DataException {
    List<Path> files =
        samples.all().stream()
            .flatMap(sample -> Stream.concat(Stream.of(sample.image()), sample.mask().stream()))
            .map(Path::toAbsolutePath)
            .toList();
    Path root = configuration.data().root().orElse(files.get(0).getRoot());
    try {
      return Provenance.hashOfFiles(root, files);
    } catch (IOException e) {
      throw new DataException(root, "its files cannot be listed: " + FileFailure.reason(e), e);
    }
  }
}
