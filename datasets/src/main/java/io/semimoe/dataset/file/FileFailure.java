package io.semimoe.dataset.file;

import io.semimoe.dataset.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Why files cannot be read or written, in words: exceptions of the JDK often say it by the name of
 * their class alone.
 */
public final class FileFailure {
  private FileFailure() {}

  /** Returns the exception that says that {@code file} cannot be read, and why. */
  public static DataException unreadable(Path file, IOException failure) {
    return new DataException(file, "cannot be read: " + reason(failure), failure);
  }

  /** Returns the exception that says that {@code file}, or a folder, cannot be written, and why. */
  public static DataException unwritable(Path file, IOException failure) {
    return new DataException(file, "cannot be written: " + reason(failure), failure);
  }

  /**
   * Returns the reason of a failure of input or output, for the end of a message that names the
   * file; of an unchecked one, that of its cause.
   */
  public static String reason(Exception failure) {
    if (failure instanceof RuntimeException && failure.getCause() instanceof IOException cause) {
      return reason(cause);
    }
    if (failure instanceof FileSystemException file) {
      return reason(file);
    }
    if (failure instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    String message = failure.getMessage();
    return message == null ? "input or output failed" : message;
  }

  private static String reason(FileSystemException failure) {
    String file = failure.getFile();
    if (failure instanceof NoSuchFileException) {
      return "there is no " + file;
    }
    if (failure instanceof AccessDeniedException) {
      return "access to " + file + " is denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return file + " exists already";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the folder " + file + " is not empty";
    }
    if (failure instanceof NotDirectoryException) {
      return file + " is no folder";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links lead from " + file + " to itself";
    }
    return failure.getReason() == null ? failure.getMessage() : failure.getReason();
  }
}
