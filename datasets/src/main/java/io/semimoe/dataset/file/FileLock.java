package io.semimoe.dataset.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps others out, in this process and, by a lock on a file, in other ones, until it is closed.
 * The system gives the lock back when a process ends, however it does. The file stays and locks
 * nothing by itself.
 */
public final class FileLock implements AutoCloseable {
  /**
   * The files that this process has locked. They must not be opened again: closing any channel of a
   * file gives its locks back, on POSIX systems.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Optional<FileChannel> channel;
  private final Optional<IOException> failure;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private FileLock(Path file, Optional<FileChannel> channel, Optional<IOException> failure) {
    this.file = file;
    this.channel = channel;
    this.failure = failure;
  }

  /**
   * Locks a file, which is made if there is none.
   *
   * @return the lock; empty if another one holds it
   */
  public static Optional<FileLock> acquire(Path file) {
    Path held = real(file);
    if (!HELD.add(held)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(held, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Locked by another copy of this class.
    } catch (IOException e) {
      close(channel);
      return Optional.of(new FileLock(held, Optional.empty(), Optional.of(e)));
    }
    if (!locked) {
      close(channel);
      HELD.remove(held);
      return Optional.empty();
    }
    return Optional.of(new FileLock(held, Optional.of(channel), Optional.empty()));
  }

  /** Resolves the links of the folder; one that cannot be read has a single name. */
  private static Path real(Path file) {
    try {
      return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  /** Why other processes are not kept out: the file cannot be made, or its system has no locks. */
  public Optional<IOException> failure() {
    return failure;
  }

  /** Gives the lock back. Closing again has no effect. */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      channel.ifPresent(FileLock::close);
      HELD.remove(file);
    }
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      System.getLogger(FileLock.class.getName())
          .log(System.Logger.Level.DEBUG, "a lock could not be closed", e);
    }
  }
}
