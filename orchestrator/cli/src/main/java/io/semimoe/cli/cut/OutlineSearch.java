package io.semimoe.cli.cut;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.outline.OutlineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the outlines of images: {@code slide.geojson} or {@code slide.svs.geojson}. */
public final class OutlineSearch {
  private static final String ENDING = "." + OutlineFile.EXTENSION;

  private final Optional<Path> folder;

  /**
   * Prepares a search.
   *
   * @param folder where the outlines lie; without it, beside each image
   */
  public OutlineSearch(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Returns the outlines of an image, if there are any.
   *
   * @throws DataException if there are two files
   */
  public Optional<Path> of(Path image) throws DataException {
    String file = image.getFileName().toString();
    String stem = file.substring(0, file.lastIndexOf('.'));
    Path first = sibling(image, stem + ENDING);
    Path second = sibling(image, file + ENDING);
    if (Files.exists(first) && Files.exists(second)) {
      throw new DataException(
          second, "expected one file of outlines for " + image + ", found " + first + " as well");
    }
    return Stream.of(first, second).filter(Files::exists).findFirst();
  }

  private Path sibling(Path image, String name) {
    return folder.isPresent() ? folder.get().resolve(name) : image.resolveSibling(name);
  }

  /**
   * Returns the files of outlines in the folder that are not among those that were found, for they
   * may have a wrong name; none where there is no folder.
   *
   * @throws DataException if it cannot be listed
   */
  public List<Path> others(Collection<Path> found) throws DataException {
    if (folder.isEmpty()) {
      return List.of();
    }
    Set<Path> known = found.stream().collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder.get())) {
      List<Path> others = new ArrayList<>();
      files
          .filter(file -> file.getFileName().toString().endsWith(ENDING) && !known.contains(file))
          .sorted()
          .forEach(others::add);
      return others;
    } catch (IOException e) {
      throw new DataException(
          folder.get(),
          "expected the folder of the outlines (--outlines), found: " + FileFailure.reason(e),
          e);
    }
  }
}
