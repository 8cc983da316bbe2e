package io.semimoe.dataset.folder;

import io.semimoe.dataset.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps others from writing the same folder, until it is closed. The system gives the lock back
 * when a process ends, however it does; the file that it is on is deleted in the end.
 */
final class FileLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private FileLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks. Where the file system has no locks, nothing is locked.
   *
   * @param folder what is to be written, for the message
   * @param file the file to lock, which is made
   * @throws DataException if it is locked already
   * @throws IOException if the file cannot be made
   */
  static FileLock acquire(Path folder, Path file) throws DataException, IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    } catch (IOException e) {
      free = true;
    }
    if (!free) {
      channel.close();
      throw new DataException(
          folder,
          "another process is writing it at this moment (it has locked "
              + file
              + "); wait until it has ended, or choose another place");
    }
    return new FileLock(file, channel);
  }

  @Override
  public void close() throws DataException {
    try (channel) {
      // While it is locked, so that nobody else's is deleted.
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DataException(file, "cannot be deleted: " + e.getMessage(), e);
    }
  }
}
