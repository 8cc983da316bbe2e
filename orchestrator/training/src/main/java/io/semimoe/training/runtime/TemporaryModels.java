package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Models in a temporary folder of their own, which are needed while a session opens and are deleted
 * by {@link #close}.
 */
final class TemporaryModels implements AutoCloseable {
  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  private TemporaryModels(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @throws DataException if it cannot be made
   */
  static TemporaryModels create() throws DataException {
    try {
      return new TemporaryModels(Files.createTempDirectory("semi-moe-models-"));
    } catch (IOException e) {
      throw new DataException(
          Path.of(System.getProperty("java.io.tmpdir")),
          "cannot be written: "
              + FileFailure.reason(e)
              + "; name another folder with -Djava.io.tmpdir=DIRECTORY",
          e);
    }
  }

  /**
   * Writes a model.
   *
   * @param name name of the file
   * @return the file
   * @throws DataException if it cannot be written
   */
  Path write(String name, ModelProto model) throws DataException {
    Path file = folder.resolve(name);
    files.add(file);
    try (OutputStream out = Files.newOutputStream(file)) {
      model.writeTo(out);
    } catch (IOException e) {
      throw FileFailure.unwritable(file, e);
    }
    return file;
  }

  /** Deletes folder and models; what cannot be deleted is left to the system. */
  @Override
  public void close() {
    for (Path file : files) {
      delete(file);
    }
    delete(folder);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
