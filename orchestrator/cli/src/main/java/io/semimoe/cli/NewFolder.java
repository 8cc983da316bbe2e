package io.semimoe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that a command is asked to write. */
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
}
