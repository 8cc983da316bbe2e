package io.semimoe.training.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.AtomicFile;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.FileLock;
import io.semimoe.training.runtime.TrainingArtifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one training run and the names of the files in it.
 *
 * <pre>
 * config.yaml                    effective configuration
 * provenance.json                what made the run
 * train.log                      log
 * metrics.jsonl, metrics.csv     metrics of each epoch; the first is the source of truth
 * events.out.tfevents.*          the same for TensorBoard
 * progress.png                   the same as a picture
 * checkpoints/latest, best       models in training
 * export/                        exported models
 * .lock                          locked while a training is under way
 * </pre>
 */
public final class RunFolder {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunFolder.class);

  /** Name of the folder of exported models. */
  public static final String EXPORT = "export";

  static final String EVENTS_PREFIX = "events.out.tfevents.";
  private static final String CONFIGURATION = "config.yaml";
  private static final String PROVENANCE = "provenance.json";
  private static final String LOG = "train.log";
  private static final String METRICS_JSON = "metrics.jsonl";
  private static final String METRICS_CSV = "metrics.csv";
  private static final String PLOT = "progress.png";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String LATEST = "latest";
  private static final String BEST = "best";
  private static final String INITIAL = "initial";
  private static final String LOCK = ".lock";
  private static final Set<String> FILES =
      Set.of(CONFIGURATION, LOG, METRICS_JSON, METRICS_CSV, PLOT);
  private static final Set<String> CHECKPOINT_FILES =
      Set.of(
          LATEST,
          BEST,
          INITIAL,
          TrainingArtifacts.TRAINING_MODEL,
          TrainingArtifacts.EVAL_MODEL,
          TrainingArtifacts.OPTIMIZER_MODEL);
  private static final Set<String> EXPORT_FILES =
      Stream.of(ExportedFile.values())
          .map(ExportedFile::fileName)
          .collect(Collectors.toUnmodifiableSet());

  /** Left by a write that was killed: a dot, the name, perhaps something unique, and an ending. */
  private static final Pattern UNFINISHED = Pattern.compile("\\.(.+?)(\\.[0-9a-f-]{36})?\\.tmp");

  private final Path root;

  private RunFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes a folder for a new run.
   *
   * @param root the folder; parents are made
   * @param overwrite whether the files of an earlier run in it may be deleted. Only those that a
   *     run writes are, by their names; and only if the folder holds the provenance of a run
   * @throws DataException if the folder is not empty and may not be overwritten, is that of a
   *     training that is under way, or cannot be written
   */
  public static RunFolder create(Path root, boolean overwrite) throws DataException {
    RunFolder folder = new RunFolder(root);
    try {
      if (Files.exists(root) && !Files.isDirectory(root)) {
        throw new DataException(
            root, "expected a folder for the run, found a file; choose another place");
      }
      if (Files.isDirectory(root) && !entries(root).isEmpty()) {
        folder.clear(overwrite);
      }
    } catch (IOException e) {
      throw unwritable(root, e);
    }
    return folder.writable();
  }

  /**
   * Opens the folder of a run that was started before. Only reads, so that a run may be looked at
   * where nothing can be written.
   *
   * @throws DataException if it is not one
   */
  public static RunFolder open(Path root) throws DataException {
    RunFolder folder = new RunFolder(root);
    if (!Files.isDirectory(root)) {
      throw new DataException(root, "no such folder; expected the folder of an earlier run");
    }
    if (!Files.exists(folder.provenance())) {
      throw new DataException(
          root, "is not the folder of a run: no " + PROVENANCE + " of this program in it");
    }
    folder.readProvenance();
    return folder;
  }

  /**
   * Makes the folders in it where they are missing, and makes sure that it can be written.
   *
   * @return this folder
   * @throws DataException if it cannot be written
   */
  public RunFolder writable() throws DataException {
    try {
      Files.createDirectories(checkpoints());
      Files.createDirectories(export());
      Files.delete(Files.createTempFile(root, ".write-check", null));
    } catch (IOException e) {
      throw unwritable(root, e);
    }
    return this;
  }

  /**
   * Locks this folder for a training; the caller closes the lock when the training has ended.
   *
   * @throws DataException if a training is under way in it
   */
  public FileLock lock() throws DataException {
    FileLock lock =
        FileLock.acquire(root.resolve(LOCK))
            .orElseThrow(
                () ->
                    new DataException(
                        root,
                        "is the folder of a training that is under way; wait until it has ended, or"
                            + " interrupt it, or choose another folder"));
    lock.failure()
        .ifPresent(
            e ->
                LOGGER.warn(
                    "{} cannot be locked ({}): let nothing else train in it",
                    root,
                    e.getMessage()));
    return lock;
  }

  /** Returns the folder itself. */
  public Path root() {
    return root;
  }

  /** Returns the effective configuration, YAML. */
  public Path configuration() {
    return root.resolve(CONFIGURATION);
  }

  /** Returns the provenance, JSON. */
  public Path provenance() {
    return root.resolve(PROVENANCE);
  }

  /** Returns the log. */
  public Path log() {
    return root.resolve(LOG);
  }

  /** Returns the metrics, one JSON object a line. */
  public Path metricsJson() {
    return root.resolve(METRICS_JSON);
  }

  /** Returns the metrics as a table, one row an epoch. */
  public Path metricsCsv() {
    return root.resolve(METRICS_CSV);
  }

  /** Returns the picture of the curves. */
  public Path progressPlot() {
    return root.resolve(PLOT);
  }

  /** Returns the folder of checkpoints. */
  public Path checkpoints() {
    return root.resolve(CHECKPOINTS);
  }

  /** Returns where the checkpoint is that a training begins with, until it has written its own. */
  public Path initialCheckpoint() {
    return checkpoints().resolve(INITIAL);
  }

  /** Returns where the newest checkpoint goes. */
  public Path latestCheckpoint() {
    return checkpoints().resolve(LATEST);
  }

  /** Returns where the best checkpoint goes, see {@code evaluation.selection}. */
  public Path bestCheckpoint() {
    return checkpoints().resolve(BEST);
  }

  /** Returns the folder of exported models. */
  public Path export() {
    return root.resolve(EXPORT);
  }

  /**
   * Writes the effective configuration, at once.
   *
   * @throws IOException if it cannot be written
   */
  public void writeConfiguration(String yaml) throws IOException {
    AtomicFile.write(configuration(), file -> Files.writeString(file, yaml, UTF_8));
  }

  /**
   * Writes the provenance, at once.
   *
   * @throws IOException if it cannot be written
   */
  public void writeProvenance(Provenance provenance) throws IOException {
    AtomicFile.write(provenance(), file -> Files.writeString(file, provenance.toJson(), UTF_8));
  }

  /**
   * Reads the provenance.
   *
   * @throws DataException if it is missing or damaged
   */
  public Provenance readProvenance() throws DataException {
    return Provenance.read(provenance());
  }

  private boolean isRun() {
    try {
      Provenance.read(provenance());
      return true;
    } catch (DataException e) {
      return false;
    }
  }

  private void clear(boolean overwrite) throws DataException, IOException {
    if (!overwrite) {
      throw new DataException(
          root,
          "expected an empty folder for a new run, found "
              + entries(root).size()
              + " entries; choose another folder, resume the run, or ask to overwrite it");
    }
    if (!isRun()) {
      throw new DataException(
          root,
          "will not be overwritten: it is not empty and has no "
              + PROVENANCE
              + " of this program; choose another folder or empty this one yourself");
    }
    FileLock lock = lock();
    try (lock) {
      clearPart(checkpoints(), CHECKPOINT_FILES);
      clearPart(export(), EXPORT_FILES);
      deleteOwn(root, FILES);
      // Last: until then a broken attempt can be repeated.
      Files.delete(provenance());
    }
  }

  /** Deletes a run's files from one of its folders; of a folder that is a link, the link alone. */
  private static void clearPart(Path folder, Set<String> names) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      Files.delete(folder);
    } else if (Files.isDirectory(folder)) {
      deleteOwn(folder, names);
    }
  }

  private static void deleteOwn(Path folder, Set<String> names) throws IOException {
    for (Path entry : entries(folder)) {
      String name = entry.getFileName().toString();
      Matcher unfinished = UNFINISHED.matcher(name);
      String whole = unfinished.matches() ? unfinished.group(1) : name;
      if (names.contains(whole) || whole.startsWith(EVENTS_PREFIX)) {
        Files.delete(entry);
      }
    }
  }

  static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static DataException unwritable(Path root, IOException cause) {
    return new DataException(
        root,
        "cannot be used as the folder of a run ("
            + FileFailure.reason(cause)
            + "); choose a folder that can be written",
        cause);
  }
}
