package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.slide.SlideFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The images that a user names by files, folders and patterns. */
final class InputImages {
  private static final String WILDCARDS = "*?[{";

  private InputImages() {}

  /**
   * Returns the images by their name without extension, sorted. A folder stands for the images
   * directly in it; hidden files are left out. A pattern is what {@link ImageSearch} takes; of what
   * it matches, only images count.
   *
   * @throws DataException if a place does not exist, there is no image at all, or two images have
   *     the same name and would write the same files
   */
  static Map<String, Path> find(Collection<String> places) throws DataException {
    Map<String, Path> images = new TreeMap<>();
    for (String place : places) {
      for (Path image : at(place)) {
        String name = baseName(image);
        Path earlier = images.putIfAbsent(name, image);
        if (earlier != null && !normal(earlier).equals(normal(image))) {
          throw new DataException(
              image,
              "expected a name of its own, found "
                  + earlier
                  + " with the same name; predict them into two folders");
        }
      }
    }
    if (images.isEmpty()) {
      throw new DataException(
          "expected images ("
              + String.join(", ", SlideFile.EXTENSIONS)
              + "), found none in "
              + places);
    }
    return images;
  }

  private static Path normal(Path image) {
    return image.toAbsolutePath().normalize();
  }

  private static List<Path> at(String place) throws DataException {
    int wildcard = firstWildcard(place);
    if (wildcard >= 0 && !exists(place)) {
      return matching(place, wildcard);
    }
    Path path = Path.of(place);
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return images(files);
    } catch (IOException e) {
      throw new DataException(path, "expected a folder that can be listed, found " + e, e);
    }
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
  private static List<Path> matching(String pattern, int wildcard) throws DataException {
    boolean backslashes = FileSystems.getDefault().getSeparator().equals("\\");
    int slash = pattern.lastIndexOf('/', wildcard);
    if (backslashes) {
      slash = Math.max(slash, pattern.lastIndexOf('\\', wildcard));
    }
    Path root = Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1));
    String below = pattern.substring(slash + 1);
    ImageSearch search;
    try {
      search = new ImageSearch(root, backslashes ? below.replace('\\', '/') : below);
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

  private static String baseName(Path image) throws DataException {
    if (!SlideFile.hasExtension(image)) {
      throw new DataException(
          image, "expected a folder or an image (" + String.join(", ", SlideFile.EXTENSIONS) + ")");
    }
    String name = name(image);
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
