package io.semimoe.dataset.folder;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is filled under the hidden name {@code
 * .NAME.unfinished} beside its place, and then renamed. What an attempt left there that was ended
 * before is deleted first.
 */
public final class PendingFolder implements AutoCloseable {
  private final Path target;
  private final Path unfinished;

  private PendingFolder(Path target) {
    this.target = target;
    this.unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
  }

  /**
   * Begins a folder.
   *
   * @param target its place, where there is nothing yet, or an empty folder or a link to one
   * @throws DataException if there is anything, or nothing can be written there
   */
  public static PendingFolder of(Path target) throws DataException {
    requireFree(target);
    PendingFolder pending;
    try {
      pending =
          new PendingFolder(
              Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw cannotBeWritten(target, e);
    }
    pending.close();
    try {
      if (Files.exists(pending.target)) {
        // What cannot be renamed, as a mount point cannot, could not be replaced either.
        Files.move(pending.target, pending.unfinished);
        Files.move(pending.unfinished, pending.target);
      }
      Files.createDirectories(pending.unfinished);
    } catch (IOException e) {
      throw cannotBeWritten(target, e);
    }
    return pending;
  }

  /**
   * Refuses a place that is taken.
   *
   * @throws DataException if there is anything but an empty folder
   */
  public static void requireFree(Path target) throws DataException {
    if (Files.exists(target) && !(Files.isDirectory(target) && isEmpty(target))) {
      throw new DataException(
          target, "expected an empty folder or none, found something; choose another");
    }
  }

  /** The folder to write into, until it is published. */
  public Path path() {
    return unfinished;
  }

  /**
   * Moves the folder to its place.
   *
   * @throws DataException if it cannot be moved, as where something has appeared there
   */
  public void publish() throws DataException {
    try {
      Files.deleteIfExists(target);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw cannotBeWritten(target, e);
    }
  }

  /**
   * Deletes what was written, unless it was published.
   *
   * @throws DataException if it cannot be deleted
   */
  @Override
  public void close() throws DataException {
    try {
      if (Files.exists(unfinished)) {
        MoreFiles.deleteRecursively(unfinished, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new DataException(unfinished, "cannot be deleted: " + FileFailure.reason(e), e);
    }
  }

  private static boolean isEmpty(Path folder) throws DataException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new DataException(folder, "the folder cannot be listed: " + FileFailure.reason(e), e);
    }
  }

  private static DataException cannotBeWritten(Path target, IOException e) {
    return new DataException(target, "cannot be written: " + FileFailure.reason(e), e);
  }
}
