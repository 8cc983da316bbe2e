package io.semimoe.dataset.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Keeps away what may have no end, so that reading it would take all memory or wait forever:
 * devices and pipes. To be asked before an image or a checkpoint that a user names is opened.
 */
public final class RegularFile {
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

  private static FileSystemException failure(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
