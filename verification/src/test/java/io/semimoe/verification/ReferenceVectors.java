package io.semimoe.verification;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The arrays of one {@code .npz} file of reference vectors, read whole into memory.
 *
 * <p>The file comes from the folder that the system property {@code semimoe.reference} names, and
 * from the test resources where the property is absent or blank.
 */
public final class ReferenceVectors {
  /** System property with the folder of the vectors. */
  public static final String FOLDER_PROPERTY = "semimoe.reference";

  private final Path file;
  private final ImmutableMap<String, ReferenceArray> arrays;

  private ReferenceVectors(Path file, ImmutableMap<String, ReferenceArray> arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  /** Reads for example {@code targets.npz}. */
  public static ReferenceVectors open(String fileName) {
    Path file = locate(fileName);
    ImmutableMap.Builder<String, ReferenceArray> arrays = ImmutableMap.builder();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName().replaceFirst("\\.npy$", "");
        try (InputStream in = zip.getInputStream(entry)) {
          arrays.put(name, NpyReader.read(file + " › " + name, in.readAllBytes()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the reference vectors " + file, e);
    }
    return new ReferenceVectors(file, arrays.buildOrThrow());
  }

  /**
   * Lines of the text file {@code learning-rate.csv}, or another one like it: from the test
   * resources unless the folder holds one, since it does not depend on the vectors.
   */
  public static List<String> lines(String fileName) {
    Path own = locate(fileName);
    Path file = Files.exists(own) ? own : resource(fileName);
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the reference file " + file, e);
    }
  }

  /** Names of all arrays, in the order of the file, for example {@code blobs0/sdf}. */
  public ImmutableSet<String> names() {
    return arrays.keySet();
  }

  /** Names of the arrays that start with {@code prefix}, without it. */
  public ImmutableSet<String> namesUnder(String prefix) {
    return names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * The first part of all names, before the first slash, each once: the cases of {@code
   * targets.npz}, {@code metrics.npz} and {@code resize.npz}.
   */
  public ImmutableSet<String> cases() {
    return names().stream()
        .filter(name -> name.indexOf('/') > 0)
        .map(name -> name.substring(0, name.indexOf('/')))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Whether there is an array of this name. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /**
   * The array of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ReferenceArray get(String name) {
    ReferenceArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "no array " + name + " in " + file + "; it has " + names());
    }
    return array;
  }

  private static Path locate(String fileName) {
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    if (!folder.isBlank()) {
      return Path.of(folder, fileName);
    }
    return resource(fileName);
  }

  private static Path resource(String fileName) {
    URL resource = ReferenceVectors.class.getResource("/reference/" + fileName);
    if (resource == null) {
      throw new IllegalArgumentException("no test resource reference/" + fileName);
    }
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a file: " + resource, e);
    }
  }
}
