package io.semimoe.cli.images;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.slide.SlideFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The images that a user names by files, folders and patterns. */
public final class InputImages {
  private static final String WILDCARDS = "*?[{";
  private static final boolean BACKSLASHES = FileSystems.getDefault().getSeparator().equals("\\");

  private InputImages() {}

  /**
   * Returns the images by what their outputs are {@link ImageNames named} after. A folder stands
   * for the images directly in it; hidden files are left out. A pattern is what {@link ImageSearch}
   * takes; of what it matches, only images count.
   *
   * @param output where outputs go, which a pattern does not search
   * @throws DataException if a place does not exist, there is no image at all, or two images would
   *     write the same files
   */
  public static Map<String, Path> find(Collection<String> places, Path output)
      throws DataException {
    Map<Path, Path> images = new LinkedHashMap<>();
    for (String place : places) {
      for (Path image : at(place, output)) {
        requireExtension(image);
        images.putIfAbsent(image.toAbsolutePath().normalize(), image);
      }
    }
    if (images.isEmpty()) {
      throw new DataException(
          "expected images ("
              + String.join(", ", SlideFile.EXTENSIONS)
              + "), found none in "
              + places);
    }
    return ImageNames.of(images.values());
  }

  /** The file or folder that a place names, or the folder that a pattern searches. */
  public static Path root(String place) {
    int wildcard = firstWildcard(place);
    return Path.of(
        wildcard < 0 || exists(place) ? place : place.substring(0, slash(place, wildcard) + 1));
  }

  /** Index of the last separator before a wildcard; -1 if there is none. */
  private static int slash(String pattern, int wildcard) {
    int slash = pattern.lastIndexOf('/', wildcard);
    return BACKSLASHES ? Math.max(slash, pattern.lastIndexOf('\\', wildcard)) : slash;
  }

  private static List<Path> at(String place, Path output) throws DataException {
    int wildcard = firstWildcard(place);
    if (wildcard >= 0 && !exists(place)) {
      return matching(place, wildcard, output);
    }
    Path path = path(place);
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return images(files);
    } catch (IOException e) {
      throw new DataException(
          path, "expected a folder that can be listed, found: " + FileFailure.reason(e), e);
    }
  }

  /** An empty name is what a variable of the shell gives that was never set. */
  private static Path path(String place) throws DataException {
    String reason = "nothing";
    try {
      if (!place.isBlank()) {
        return Path.of(place);
      }
    } catch (InvalidPathException e) {
      reason = place + " (" + e.getReason() + ")";
    }
    throw new DataException("expected an image, a folder or a pattern, found " + reason);
  }

  private static int firstWildcard(String place) {
    for (int i = 0; i < place.length(); i++) {
      if (WILDCARDS.indexOf(place.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a file has this very name; on Windows no name may hold a wildcard. */
  private static boolean exists(String place) {
    try {
      return Files.exists(Path.of(place));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Searches from the last folder before the first wildcard, at any depth that the pattern has. */
  private static List<Path> matching(String pattern, int wildcard, Path output)
      throws DataException {
    String below = pattern.substring(slash(pattern, wildcard) + 1);
    ImageSearch search;
    try {
      search =
          new ImageSearch(root(pattern), BACKSLASHES ? below.replace('\\', '/') : below, output);
    } catch (PatternSyntaxException e) {
      DataException wrong =
          new DataException("expected a pattern, found " + pattern + ": " + e.getMessage());
      wrong.initCause(e);
      throw wrong;
    }
    List<Path> found = images(search.run().stream());
    if (found.isEmpty()) {
      throw new DataException("expected images that match " + pattern + ", found none");
    }
    return found;
  }

  private static List<Path> images(Stream<Path> files) {
    List<Path> images = new ArrayList<>();
    files
        .filter(file -> SlideFile.hasExtension(file) && !name(file).startsWith("."))
        .forEach(images::add);
    return images;
  }

  private static void requireExtension(Path image) throws DataException {
    if (!SlideFile.hasExtension(image)) {
      throw new DataException(
          image, "expected a folder or an image (" + String.join(", ", SlideFile.EXTENSIONS) + ")");
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
