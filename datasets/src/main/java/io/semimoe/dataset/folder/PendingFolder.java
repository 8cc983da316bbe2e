package io.semimoe.dataset.folder;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is filled under the hidden name {@code
 * .NAME.unfinished} beside its place, and then renamed. What an attempt left there that was ended
 * before is deleted first; one that is under way is left alone, for which it locks {@code
 * .NAME.unfinished.lock}.
 */
public final class PendingFolder implements AutoCloseable {
  private final Path target;
  private final Path unfinished;

  /** The folders above it that were made for it, from the lowest to the highest. */
  private final List<Path> parents = new ArrayList<>();

  private Optional<FileLock> lock = Optional.empty();
  private boolean published;

  private PendingFolder(Path target) {
    this.target = target;
    this.unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
  }

  /**
   * Begins a folder, and makes those above it.
   *
   * @param target its place, where there is nothing yet, or an empty folder or a link to one
   * @throws DataException if there is anything, another process is filling such a folder, or no
   *     folder can be put there in the end, as where the one above it may not be written into or
   *     the empty folder is a mount point
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
    try {
      pending.begin();
    } catch (IOException e) {
      pending.close();
      throw cannotBeWritten(target, e);
    }
    return pending;
  }

  private void begin() throws IOException, DataException {
    Path above = target.getParent();
    while (!Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
      parents.add(above);
      above = above.getParent();
    }
    Files.createDirectories(target.getParent());
    lock = FileLock.acquire(lockFile());
    if (lock.isEmpty()) {
      throw new DataException(
          target,
          "is being written by another process, which has locked "
              + lockFile()
              + "; wait until it has ended, or choose another place");
    }
    deleteUnfinished();
    if (Files.exists(target)) {
      // What cannot be renamed, as a mount point cannot, could not be replaced either.
      Files.move(target, unfinished);
      Files.move(unfinished, target);
    }
    Files.createDirectories(unfinished);
  }

  /**
   * Refuses a place that is taken.
   *
   * @throws DataException if there is anything but an empty folder or a link to one
   */
  public static void requireFree(Path target) throws DataException {
    if (Files.isSymbolicLink(target) && !Files.exists(target)) {
      throw new DataException(target, "expected a folder, found a link to nothing; choose another");
    }
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
      published = true;
    } catch (IOException e) {
      throw cannotBeWritten(target, e);
    }
  }

  /**
   * Deletes what was written, unless it was published, and the folders made for it if they are
   * empty.
   *
   * @throws DataException if it cannot be deleted
   */
  @Override
  public void close() throws DataException {
    if (lock.isPresent()) {
      deleteUnfinished();
      // Before it is given back, so that nobody else's is deleted.
      lockFile().toFile().delete();
      lock.get().close();
    }
    if (!published) {
      // File.delete leaves what is not empty or was never made, as it should.
      parents.forEach(parent -> parent.toFile().delete());
    }
  }

  private Path lockFile() {
    return unfinished.resolveSibling(unfinished.getFileName() + ".lock");
  }

  private void deleteUnfinished() throws DataException {
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
    return new DataException(
        target, "cannot be written: " + FileFailure.reason(e) + "; choose another place", e);
  }
}
