package io.semimoe.training.runtime.natives;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts the training-enabled native libraries in place and starts ONNX Runtime with them.
 *
 * <p>The official Java API contains the training calls, but the library inside its jar cannot
 * train. The training-enabled one is unpacked from its own jar into a cache directory, and the
 * official API is pointed there. The directory is {@value #DIRECTORY_PROPERTY} if that system
 * property is set, else {@code $XDG_CACHE_HOME/semi-moe/natives} or {@code
 * $HOME/.cache/semi-moe/natives}; below it, one folder per content, so that versions never meet. A
 * damaged file is repaired, several processes may start at once.
 *
 * <p>If {@value #ORT_PATH_PROPERTY} is already set, those libraries are used as they are.
 */
public final class NativeLibraries {
  /** System property naming the directory to unpack native libraries into. */
  public static final String DIRECTORY_PROPERTY = "semimoe.natives.dir";

  /** System property of ONNX Runtime's Java API naming the directory of ready libraries. */
  public static final String ORT_PATH_PROPERTY = "onnxruntime.native.path";

  private NativeLibraries() {}

  /**
   * Loads the libraries, or returns the loaded ones when called again. The first call of the very
   * first process unpacks some 40 MB (with CUDA several hundred); later ones check the files.
   *
   * <p>Must run before anything else in this process uses {@code ai.onnxruntime}.
   *
   * @throws NativeLibraryException if the platform has no such libraries, the directory cannot be
   *     written, the system refuses to load them, or an ONNX Runtime without training was loaded
   *     before
   */
  public static synchronized NativeRuntime load() {
    String preset = System.getProperty(ORT_PATH_PROPERTY);
    if (preset != null && !preset.isBlank()) {
      Path directory = Path.of(preset);
      checkPreset(directory);
      return start(directory);
    }
    Path directory = install(CacheRoot.find());
    System.setProperty(ORT_PATH_PROPERTY, directory.toString());
    return start(directory);
  }

  /**
   * Returns whether the class path has libraries for NVIDIA GPUs here; loads and unpacks nothing.
   */
  public static boolean haveCuda() {
    try {
      return platform().hasCuda(NativeLibraries.class.getClassLoader());
    } catch (NativeLibraryException e) {
      return false;
    }
  }

  private static NativePlatform platform() {
    return NativePlatform.of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /**
   * Unpacks this platform's libraries below {@code root} unless they are there.
   *
   * @return the directory that holds them
   */
  static Path install(Path root) {
    try {
      List<NativeResource> resources = platform().locate(NativeLibraries.class.getClassLoader());
      NativeCache cache = NativeCache.of(root, "onnxruntime-training", resources);
      cache.install(resources);
      for (NativeResource resource : resources) {
        if (resource.fileName().equals(NativePlatform.RUNTIME)) {
          cache.alias(NativePlatform.RUNTIME_ALIAS, resource);
        }
      }
      return cache.directory();
    } catch (IOException e) {
      throw unwritable(root, 400, e);
    }
  }

  static NativeLibraryException unwritable(Path root, int megabytes, IOException e) {
    return new NativeLibraryException(
        "cannot unpack the native libraries into "
            + root
            + " ("
            + RuntimeStart.describe(e)
            + "); make it a writable directory with "
            + megabytes
            + " MB free, or name another one with -D"
            + DIRECTORY_PROPERTY
            + "=DIRECTORY",
        e);
  }

  static void checkPreset(Path directory) {
    for (String needed : List.of(NativePlatform.RUNTIME_ALIAS, NativePlatform.BINDING)) {
      if (!Files.isRegularFile(directory.resolve(needed))) {
        throw new NativeLibraryException(
            "-D"
                + ORT_PATH_PROPERTY
                + "="
                + directory
                + " names a directory without "
                + needed
                + "; it must hold a training-enabled ONNX Runtime, or leave the property unset");
      }
    }
  }

  private static NativeRuntime start(Path directory) {
    OrtEnvironment environment =
        RuntimeStart.from(
            directory,
            ". They need glibc 2.34, libstdc++ of GCC 12 or later, and a file system that is not"
                + " mounted noexec; name another directory with -D"
                + DIRECTORY_PROPERTY
                + "=DIRECTORY if that is the reason");
    if (!environment.isTrainingEnabled()) {
      throw new NativeLibraryException(
          "the loaded ONNX Runtime "
              + environment.getVersion()
              + " cannot train; expected the training-enabled one of "
              + directory
              + ". Either that directory holds an inference-only library, or another part of this"
              + " program used ai.onnxruntime before NativeLibraries.load()");
    }
    List<String> providers =
        OrtEnvironment.getAvailableProviders().stream().map(OrtProvider::getName).toList();
    return new NativeRuntime(directory, environment.getVersion(), providers, environment);
  }
}
