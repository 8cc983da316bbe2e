package io.semimoe.training.run;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What made a run: programs, machine, configuration, data, seeds and times. Two runs with equal
 * programs, machine, hashes and seeds should give equal numbers.
 *
 * @param version version of this program
 * @param java version and vendor of the Java runtime
 * @param operatingSystem name, version and processor of the operating system
 * @param processors number of processors that Java sees
 * @param onnxRuntime version of ONNX Runtime
 * @param providers execution providers that it was built with
 * @param configurationSha256 hash of the effective configuration
 * @param dataSha256 hash of the list of data files, see {@link #hashOfFiles}; empty until they are
 *     known
 * @param images number of images by what they are for; empty in runs that did not record it
 * @param initialCheckpointSha256 hash of the checkpoint that the training began with; empty if its
 *     weights were drawn
 * @param seeds seeds by purpose
 * @param sessions when the run was started and each time resumed
 */
public record Provenance(
    String version,
    String java,
    String operatingSystem,
    int processors,
    String onnxRuntime,
    List<String> providers,
    String configurationSha256,
    String dataSha256,
    Map<String, Integer> images,
    Optional<String> initialCheckpointSha256,
    Map<String, Long> seeds,
    List<Session> sessions) {

  /**
   * One stretch of work on the run.
   *
   * @param started when it began
   * @param ended when it ended in order; empty while it works and after a crash
   */
  public record Session(Instant started, Optional<Instant> ended) {
    /**
     * Checks that the session began.
     *
     * @throws IllegalArgumentException if it did not, as in a damaged file
     */
    public Session {
      checkArgument(started != null, "expected a session that began");
    }
  }

  /**
   * Copies the collections, keeping their order.
   *
   * @throws IllegalArgumentException if a part or all sessions are missing, as in a damaged file
   */
  public Provenance {
    checkArgument(
        Stream.of(version, java, operatingSystem, onnxRuntime, providers, configurationSha256)
                .allMatch(Objects::nonNull)
            && Stream.of(dataSha256, images, initialCheckpointSha256, seeds, sessions)
                .allMatch(Objects::nonNull),
        "expected all parts of a provenance, found some missing");
    checkArgument(!sessions.isEmpty(), "expected at least one session");
    providers = List.copyOf(providers);
    images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    seeds = Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
    sessions = List.copyOf(sessions);
  }

  /**
   * Describes a run that starts now on this machine.
   *
   * @param version version of this program
   * @param runtime the loaded ONNX Runtime
   * @param configuration effective configuration as text
   * @param dataSha256 hash of the data, see {@link #hashOfFiles}; empty if they are not known yet
   * @param images number of images by what they are for
   * @param initialCheckpointSha256 hash of the file of the checkpoint to begin with, if any
   * @param seeds seeds by purpose
   */
  public static Provenance start(
      String version,
      NativeRuntime runtime,
      String configuration,
      String dataSha256,
      Map<String, Integer> images,
      Optional<String> initialCheckpointSha256,
      Map<String, Long> seeds) {
    return new Provenance(
        version,
        System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        runtime.version(),
        runtime.providers(),
        Hashing.sha256().hashString(configuration, UTF_8).toString(),
        dataSha256,
        images,
        initialCheckpointSha256,
        seeds,
        List.of(new Session(Instant.now(), Optional.empty())));
  }

  /**
   * Returns the SHA-256 of the list of files: one line each with its name relative to {@code root},
   * a tab, its length in bytes and a newline, in order of the names. Contents are not read.
   *
   * @throws IOException if the length of a file cannot be told
   */
  public static String hashOfFiles(Path root, List<Path> files) throws IOException {
    Path absoluteRoot = root.toAbsolutePath().normalize();
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      String name = absoluteRoot.relativize(file.toAbsolutePath().normalize()).toString();
      lines.add(name.replace('\\', '/') + '\t' + Files.size(file) + '\n');
    }
    Collections.sort(lines);
    Hasher hasher = Hashing.sha256().newHasher();
    lines.forEach(line -> hasher.putString(line, UTF_8));
    return hasher.hash().toString();
  }

  /**
   * Returns the SHA-256 of what a file holds, in lower-case hexadecimal digits.
   *
   * @throws DataException if it cannot be read
   */
  public static String hashOfFile(Path file) throws DataException {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }

  /**
   * Returns this with the data that it is trained on.
   *
   * @param sha256 hash of the data, see {@link #hashOfFiles}
   * @param numbers number of images by what they are for
   */
  public Provenance withData(String sha256, Map<String, Integer> numbers) {
    return with(sha256, numbers, sessions);
  }

  /** Returns this with one more session that starts now. */
  public Provenance resumed() {
    List<Session> more = new ArrayList<>(sessions);
    more.add(new Session(Instant.now(), Optional.empty()));
    return with(dataSha256, images, more);
  }

  /** Returns this with the last session ended now. */
  public Provenance ended() {
    List<Session> changed = new ArrayList<>(sessions);
    Session last = changed.remove(changed.size() - 1);
    changed.add(new Session(last.started(), Optional.of(Instant.now())));
    return with(dataSha256, images, changed);
  }

  /** Returns this as indented JSON. */
  public String toJson() {
    return ProvenanceJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws DataException if the file is missing or is no provenance of this program
   */
  public static Provenance read(Path file) throws DataException {
    try {
      JsonNode json = Json.MAPPER.readTree(file.toFile());
      return ProvenanceJson.read(json);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new DataException(
          file,
          "expected the provenance of a run of this program, found something else or a damaged one;"
              + " put back a copy",
          e);
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }

  private Provenance with(String data, Map<String, Integer> numbers, List<Session> all) {
    return new Provenance(
        version,
        java,
        operatingSystem,
        processors,
        onnxRuntime,
        providers,
        configurationSha256,
        data,
        numbers,
        initialCheckpointSha256,
        seeds,
        all);
  }
}
