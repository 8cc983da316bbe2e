package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.inference.object.SegmentedObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A file that holds one object after the other. */
abstract class SequentialObjectFile implements ObjectFile {
  private final NewFile file;
  private final Closeable out;

  /** Takes over a new file and what writes to it. */
  SequentialObjectFile(NewFile file, Closeable out) {
    this.file = file;
    this.out = out;
  }

  /** Opens what writes to a new file. */
  @FunctionalInterface
  interface Opener<T extends Closeable> {
    /** Opens the file and writes what stands before the objects. */
    T open(Path file) throws IOException;
  }

  /**
   * Begins a new file.
   *
   * @throws DataException if it cannot be written; it is deleted then
   */
  static <T extends Closeable> T open(NewFile file, Opener<T> opener) throws DataException {
    try {
      return opener.open(file.path());
    } catch (IOException e) {
      file.close();
      throw FileFailure.unwritable(file.target(), e);
    }
  }

  /** Writes the next object. */
  abstract void write(SegmentedObject object) throws IOException;

  /** Writes what stands behind the objects. */
  abstract void end() throws IOException;

  @Override
  public final void add(SegmentedObject object) throws DataException {
    try {
      write(object);
    } catch (IOException e) {
      throw FileFailure.unwritable(file.target(), e);
    }
  }

  @Override
  public final void complete() throws DataException {
    try {
      end();
      out.close();
    } catch (IOException e) {
      throw FileFailure.unwritable(file.target(), e);
    }
  }

  @Override
  public final void publish() throws DataException {
    file.publish();
  }

  @Override
  public final void close() {
    try (file) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.target() + ": cannot be closed", e);
    }
  }
}
