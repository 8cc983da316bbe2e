package io.semimoe.dataset.file;

import io.semimoe.dataset.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file that gets its name only when it is whole: it is written under another name, hidden, in the
 * same folder, and moved by {@link #publish()}, which replaces a file of that name. Closing it
 * without that deletes what was written, and so does the end of the process, unless it dies at
 * once. To be used in a try-with-resources statement.
 *
 * <p>The move is atomic for other programs; the disk is not waited for, so that a power failure may
 * still cost the content: for results that can be made again. What cannot is written by {@link
 * AtomicFile}.
 */
public final class NewFile implements AutoCloseable {
  private final Path target;
  private final Path path;
  private boolean published;

  private NewFile(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /**
   * Creates an empty file beside {@code target}, whose folder must exist.
   *
   * @throws DataException if {@code target} names a folder or no file, or nothing can be created in
   *     its folder
   */
  public static NewFile of(Path target) throws DataException {
    Path name = target.getFileName();
    if (name == null || name.toString().isEmpty()) {
      throw new DataException(target, "is no file name; expected the name of a file to write");
    }
    if (Files.isDirectory(target)) {
      throw new DataException(target, "is a folder; expected the name of a file to write");
    }
    Path path = target.resolveSibling("." + name + "." + UUID.randomUUID() + ".tmp");
    PendingFiles.add(path);
    try {
      Files.createFile(path);
    } catch (IOException e) {
      PendingFiles.remove(path);
      throw FileFailure.unwritable(target, e);
    }
    return new NewFile(target, path);
  }

  /** Where to write: an empty file at first. */
  public Path path() {
    return path;
  }

  /** The name that the file will have. */
  public Path target() {
    return target;
  }

  /**
   * Gives the file its name. Whatever writes to it must have been closed.
   *
   * @throws DataException if it cannot be moved; it is then deleted by {@link #close()}
   */
  public void publish() throws DataException {
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      published = true;
      PendingFiles.remove(path);
    } catch (IOException e) {
      throw FileFailure.unwritable(target, e);
    }
  }

  /** Deletes the file unless it was published. May be called again. */
  @Override
  public void close() {
    if (!published) {
      try {
        Files.deleteIfExists(path);
        PendingFiles.remove(path);
      } catch (IOException e) {
        throw new UncheckedIOException(path + ": cannot be deleted", e);
      }
    }
  }
}
