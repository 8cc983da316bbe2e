package io.semimoe.training.runtime.natives;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Starts ONNX Runtime, once in a process, and tells what keeps it from starting. */
final class RuntimeStart {
  private RuntimeStart() {}

  /**
   * Loads the native libraries.
   *
   * @param directory where they are loaded from
   * @param wayOut what to do if the system refuses to load them
   * @throws NativeLibraryException if it does, or if there is no folder for temporary files
   */
  static OrtEnvironment from(Path directory, String wayOut) {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (RuntimeException | LinkageError e) {
      // It makes a folder there at each start, whether it is to unpack something or not, and no
      // other file by itself.
      throw root(e) instanceof FileSystemException
          ? new NativeLibraryException(
              "ONNX Runtime cannot make a folder among the temporary files in "
                  + System.getProperty("java.io.tmpdir")
                  + " ("
                  + describe(e)
                  + "); make it a writable directory with some space, or name another one with"
                  + " -Djava.io.tmpdir=DIRECTORY in SEMI_MOE_JAVA_OPTS",
              e)
          : new NativeLibraryException(
              "the system refuses to load the native libraries in "
                  + directory
                  + ": "
                  + describe(e)
                  + wayOut,
              e);
    }
  }

  /** Describes what a failure goes back to. */
  static String describe(Throwable failure) {
    Throwable root = root(failure);
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
