package io.semimoe.dataset.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file only by a whole new one: after a crash the old or the new content is there. What
 * a crash leaves unfinished is a hidden file, which the next write to the same file replaces; so
 * one process at a time may write it.
 *
 * <p>For what a training writes again and again into its own folder, checkpoints above all. What
 * several processes may write, or nobody may write again, is a {@link NewFile}.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Lets {@code writer} fill a new file beside {@code target} and moves it there when it is on
   * disk.
   *
   * @param target file to make or replace; its folder must exist
   * @throws IOException if writing fails; {@code target} is then untouched
   */
  public static void write(Path target, Writer writer) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".tmp");
    try {
      writer.write(temporary);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a whole file. */
  public interface Writer {
    /** Creates {@code file} with its content. */
    void write(Path file) throws IOException;
  }
}
