package io.semimoe.cli;

import io.semimoe.training.run.ExportedFile;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the model that a user means. */
final class ModelFile {
  private ModelFile() {}

  /** Returns {@code given}, or the exported model in it if it is a run folder. */
  static Path in(Path given) {
    return Files.isDirectory(given)
        ? ExportedFile.MODEL.in(given.resolve(RunFolder.EXPORT))
        : given;
  }
}
