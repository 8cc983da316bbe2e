package io.semimoe.training.run;

import io.semimoe.dataset.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second training out of a run folder, in this process or another one, until it is closed.
 * The system gives the lock back when a process ends, however it does. The file stays and locks
 * nothing by itself: deleting it would let two others lock two files of its name.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  private final Optional<FileChannel> channel;

  private RunLock(Optional<FileChannel> channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder by a file in it. Where the file system has no locks, that is logged, and nothing
   * is locked.
   *
   * @throws DataException if it is locked already
   */
  static RunLock acquire(Path folder, Path file) throws DataException {
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException e) {
      LOG.debug("Locked by this process", e);
    } catch (IOException e) {
      LOG.warn("{} cannot be locked ({}): let nothing else train in it", folder, e.getMessage());
      close(channel);
      return new RunLock(Optional.empty());
    }
    if (!locked) {
      close(channel);
      throw new DataException(
          folder,
          "is the folder of a training that is under way; wait until it has ended, or interrupt it,"
              + " or choose another folder");
    }
    return new RunLock(Optional.of(channel));
  }

  /** Unlocks the folder. Closing again has no effect. */
  @Override
  public void close() {
    channel.ifPresent(RunLock::close);
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
