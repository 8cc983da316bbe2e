package io.semimoe.dataset.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads texts that a user names. They may come from pipes, which have no length. */
public final class TextFile {
  /** Most bytes of a text: a split file of a million images has fewer. */
  static final int MOST_BYTES = 1 << 26;

  private TextFile() {}

  /**
   * Returns the text of a file or pipe in UTF-8.
   *
   * @throws IOException if it cannot be read, is a folder, or has more than 64 MiB, as a device
   *     without end; {@link FileFailure#reason} says it in words
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   */
  public static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder, no file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new FileSystemException(
          file.toString(), null, "it has more than %d bytes".formatted(MOST_BYTES));
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
