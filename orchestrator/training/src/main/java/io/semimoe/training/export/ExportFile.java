package io.semimoe.training.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small files whole or not at all. */
final class ExportFile {
  private ExportFile() {}

  /** Writes a text in UTF-8. */
  static Path write(Path file, String text) throws DataException {
    return write(file, text.getBytes(UTF_8));
  }

  static Path write(Path file, byte[] content) throws DataException {
    try (NewFile unfinished = NewFile.of(file)) {
      try {
        Files.write(unfinished.path(), content);
      } catch (IOException e) {
        throw FileFailure.unwritable(file, e);
      }
      unfinished.publish();
    }
    return file;
  }
}
