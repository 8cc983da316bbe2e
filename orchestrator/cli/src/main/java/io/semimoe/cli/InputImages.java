package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.slide.SlideFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The images that a user names by files and folders. */
final class InputImages {
  private InputImages() {}

  /**
   * Returns the images by their name without extension, sorted. A folder stands for the images
   * directly in it; hidden files are left out.
   *
   * @throws DataException if a place does not exist, there is no image at all, or two images have
   *     the same name and would write the same files
   */
  static Map<String, Path> find(Collection<Path> places) throws DataException {
    Map<String, Path> images = new TreeMap<>();
    for (Path place : places) {
      for (Path image : Files.isDirectory(place) ? inFolder(place) : List.of(place)) {
        String name = baseName(image);
        Path earlier = images.putIfAbsent(name, image);
        if (earlier != null) {
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

  private static List<Path> inFolder(Path folder) throws DataException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> images = new ArrayList<>();
      for (Path file : files.toList()) {
        if (SlideFile.hasExtension(file) && !file.getFileName().toString().startsWith(".")) {
          images.add(file);
        }
      }
      return images;
    } catch (IOException e) {
      throw new DataException(folder, "expected a folder that can be listed, found " + e, e);
    }
  }

  private static String baseName(Path image) throws DataException {
    if (!SlideFile.hasExtension(image)) {
      throw new DataException(
          image, "expected a folder or an image (" + String.join(", ", SlideFile.EXTENSIONS) + ")");
    }
    String name = image.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }
}
