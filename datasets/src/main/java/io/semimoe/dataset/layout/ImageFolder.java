package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Lists the image files of one folder by name. */
final class ImageFolder {
  private ImageFolder() {}

  /**
   * Returns the image files of {@code folder} by name without extension, in the order of the names.
   *
   * @param purpose what the folder holds, for messages
   * @throws DataException if there is no such folder, it cannot be listed, or two files have the
   *     same name up to the extension
   */
  static NavigableMap<String, Path> scan(Path folder, String purpose) throws DataException {
    requireFolder(folder, purpose);
    NavigableMap<String, Path> byName = new TreeMap<>();
    for (Path file : sortedEntries(folder)) {
      if (!ImageFiles.hasImageExtension(file) || !isVisibleFile(file)) {
        continue;
      }
      String fileName = file.getFileName().toString();
      String name = composed(fileName.substring(0, fileName.lastIndexOf('.')));
      Path earlier = byName.putIfAbsent(name, file);
      if (earlier != null) {
        throw new DataException(
            file,
            "duplicate name: expected one image named '"
                + name
                + "', found "
                + earlier.getFileName()
                + " as well; remove or rename one of them");
      }
    }
    return byName;
  }

  /** Returns the number of files of {@code folder} that are no images, hidden ones left out. */
  static int otherFiles(Path folder) throws DataException {
    int count = 0;
    for (Path file : sortedEntries(folder)) {
      count += isVisibleFile(file) && !ImageFiles.hasImageExtension(file) ? 1 : 0;
    }
    return count;
  }

  private static boolean isVisibleFile(Path file) {
    return !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file);
  }

  /** Returns the sub-folders of {@code folder} whose name starts with {@code prefix}, sorted. */
  static List<Path> subFolders(Path folder, String prefix) throws DataException {
    requireFolder(folder, "data set");
    return sortedEntries(folder).stream()
        .filter(entry -> entry.getFileName().toString().startsWith(prefix))
        .filter(Files::isDirectory)
        .toList();
  }

  /** Throws if {@code folder} is not an existing folder. */
  static void requireFolder(Path folder, String purpose) throws DataException {
    if (!Files.exists(folder)) {
      throw new DataException(
          folder,
          "folder not found: expected the folder of the "
              + purpose
              + ", found nothing there; correct the path or create the folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder, "expected the folder of the " + purpose + ", found a file; give its folder");
    }
  }

  /** Returns {@code name} in Unicode composed form, which file systems do not agree on. */
  static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static List<Path> sortedEntries(Path folder) throws DataException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw new DataException(
          folder, "the folder cannot be listed; check that it may be read: " + e.getMessage(), e);
    }
    Collections.sort(entries);
    return entries;
  }
}
