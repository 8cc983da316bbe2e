package io.semimoe.training.run;

import io.semimoe.dataset.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second training out of a run folder, in this process or another one, until it is closed.
 * The system gives the lock back when a process ends, however it does. The file stays and locks
 * nothing by itself: deleting it would let two others lock two files of its name.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  /**
   * The files that this process has locked. They must not be opened again: closing any channel of a
   * file gives its locks back, on POSIX systems.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Optional<FileChannel> channel;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private RunLock(Path file, Optional<FileChannel> channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder by a file in it. Where the file system has no locks, that is logged, and nothing
   * is locked.
   *
   * @throws DataException if it is locked already
   */
  static RunLock acquire(Path folder, Path file) throws DataException {
    Path held = real(file);
    if (!HELD.add(held)) {
      throw underWay(folder);
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(held, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      LOG.debug("Locked by another copy of this class", e);
    } catch (IOException e) {
      LOG.warn("{} cannot be locked ({}): let nothing else train in it", folder, e.getMessage());
      close(channel);
      return new RunLock(held, Optional.empty());
    }
    if (!locked) {
      close(channel);
      HELD.remove(held);
      throw underWay(folder);
    }
    return new RunLock(held, Optional.of(channel));
  }

  /** Resolves the links of the folder; one that cannot be read has a single name. */
  private static Path real(Path file) {
    try {
      return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static DataException underWay(Path folder) {
    return new DataException(
        folder,
        "is the folder of a training that is under way; wait until it has ended, or interrupt it,"
            + " or choose another folder");
  }

  /** Unlocks the folder. Closing again has no effect. */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      channel.ifPresent(RunLock::close);
      HELD.remove(file);
    }
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("A lock could not be closed", e);
    }
  }
}
