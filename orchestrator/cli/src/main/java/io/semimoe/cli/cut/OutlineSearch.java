package io.semimoe.cli.cut;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.outline.OutlineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the outlines of images: {@code slide.geojson} or {@code slide.svs.geojson}, the extension
 * in upper or lower case.
 */
final class OutlineSearch {
  private static final String ENDING = "." + OutlineFile.EXTENSION;

  /** How the names of other files end that may be outlines: renamed ones, or compressed ones. */
  private static final Pattern SIMILAR =
      Pattern.compile("\\.json|\\.(geo)?json\\.(gz|zip|txt)|\\.zip", Pattern.CASE_INSENSITIVE);

  private final Optional<Path> folder;
  private final Map<Path, List<Path>> listed = new HashMap<>();

  /**
   * Prepares a search.
   *
   * @param folder where the outlines lie; without it, beside each image
   */
  OutlineSearch(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Returns the outlines of an image, if there are any.
   *
   * @throws DataException if there are two files
   */
  Optional<Path> of(Path image) throws DataException {
    List<Path> found =
        stems(image).stream()
            .map(stem -> folder(image).resolve(stem + ENDING))
            .filter(Files::exists)
            .toList();
    if (found.isEmpty()) {
      found = beside(image, ENDING::equalsIgnoreCase);
    }
    if (found.size() > 1) {
      throw new DataException(
          found.get(1),
          "expected one file of outlines for " + image + ", found " + found.get(0) + " as well");
    }
    return found.stream().findFirst();
  }

  /**
   * Returns files that may be outlines of an image too, but have another extension; such as {@code
   * slide.json}, which may be anything.
   */
  List<Path> similar(Path image) {
    return beside(image, SIMILAR.asMatchPredicate());
  }

  /** Returns the files named after an image whose names end as wanted. */
  private List<Path> beside(Path image, Predicate<String> ending) {
    List<Path> files;
    try {
      files = list(folder(image));
    } catch (IOException e) {
      return List.of(); // an image may be named that lies in a folder that cannot be listed
    }
    List<String> stems = stems(image);
    return files.stream()
        .filter(
            file -> {
              String name = file.getFileName().toString();
              return stems.stream()
                  .anyMatch(
                      stem -> name.startsWith(stem) && ending.test(name.substring(stem.length())));
            })
        .toList();
  }

  /** What outlines are named after: the image without its extension, and with it. */
  private static List<String> stems(Path image) {
    String file = image.getFileName().toString();
    return List.of(file.substring(0, file.lastIndexOf('.')), file);
  }

  private Path folder(Path image) {
    return folder.orElseGet(() -> Optional.ofNullable(image.getParent()).orElse(Path.of("")));
  }

  /** Lists a folder, sorted, and each but once: there may be thousands of images. */
  private List<Path> list(Path place) throws IOException {
    List<Path> known = listed.get(place);
    if (known == null) {
      try (Stream<Path> files = Files.list(place)) {
        known = files.sorted().toList();
      }
      listed.put(place, known);
    }
    return known;
  }

  /**
   * Returns the files of outlines in the folder that are not among those that were found, for they
   * may have a wrong name; none where there is no folder.
   *
   * @throws DataException if it cannot be listed
   */
  List<Path> others(Collection<Path> found) throws DataException {
    if (folder.isEmpty()) {
      return List.of();
    }
    Set<Path> known = Set.copyOf(found);
    try {
      return list(folder.get()).stream()
          .filter(file -> hasEnding(file) && !known.contains(file))
          .toList();
    } catch (IOException e) {
      throw new DataException(
          folder.get(),
          "expected the folder of the outlines (--outlines), found: " + FileFailure.reason(e),
          e);
    }
  }

  private static boolean hasEnding(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
  }
}
