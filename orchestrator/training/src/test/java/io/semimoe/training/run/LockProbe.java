package io.semimoe.training.run;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tells by its exit code whether another process has locked a file. */
final class LockProbe {
  static final int FREE = 10;
  static final int LOCKED = 11;

  private LockProbe() {}

  public static void main(String[] args) throws Exception {
    try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
      System.exit(channel.tryLock() == null ? LOCKED : FREE);
    }
  }
}
