package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that a command is asked to write into. */
final class NewFolder {
  private NewFolder() {}

  /** Returns whether {@code folder} exists and holds anything. */
  static boolean isUsed(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    } catch (IOException e) {
      return false; // what writes to it tells what is wrong with it
    }
  }

  /**
   * Makes a folder, with its parents, unless it is there.
   *
   * @throws DataException if it cannot be made
   */
  static void make(Path folder) throws DataException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new DataException(
          folder, "expected a folder to write into, found a file; choose another --output", e);
    } catch (IOException e) {
      throw new DataException(
          folder,
          "expected a folder that can be made, found: "
              + FileFailure.reason(e)
              + "; choose another --output",
          e);
    }
  }
}
