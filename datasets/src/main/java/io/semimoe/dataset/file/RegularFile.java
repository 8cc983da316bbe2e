package io.semimoe.dataset.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Keeps away what may have no end, so that reading it would take all memory or wait forever:
 * devices and pipes. To be asked before anything that a user names is opened.
 */
public final class RegularFile {
  /** Most bytes of a text that is read at once: a split file of a million images has fewer. */
  static final long MOST_TEXT = 1 << 26;

  private RegularFile() {}

  /**
   * Checks, without opening it, that {@code file} is a file, or a link to one.
   *
   * @return its length in bytes
   * @throws IOException if there is none, or it is something else; {@link FileFailure#reason} says
   *     it in words
   */
  public static long length(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw failure(file, "it is a folder, no file");
    }
    if (!attributes.isRegularFile()) {
      throw failure(file, "it is a device or a pipe, no file");
    }
    return attributes.size();
  }

  /**
   * Returns the text of a file in UTF-8.
   *
   * @throws IOException as {@link #length}, or if it is larger than 64 MiB or cannot be read
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   */
  public static String text(Path file) throws IOException {
    long bytes = length(file);
    if (bytes > MOST_TEXT) {
      throw failure(file, "it has %d bytes, expected at most %d".formatted(bytes, MOST_TEXT));
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static FileSystemException failure(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
