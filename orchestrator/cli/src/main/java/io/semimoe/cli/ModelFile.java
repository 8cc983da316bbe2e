package io.semimoe.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the model that a user means. */
final class ModelFile {
  private static final Path IN_RUN = Path.of("export", "model.onnx");

  private ModelFile() {}

  /** Returns {@code given}, or the exported model in it if it is a run folder. */
  static Path in(Path given) {
    return Files.isDirectory(given) ? given.resolve(IN_RUN) : given;
  }
}
