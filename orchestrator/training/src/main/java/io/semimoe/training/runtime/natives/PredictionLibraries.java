package io.semimoe.training.runtime.natives;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the native libraries that predict on a processor in place and starts ONNX Runtime with them:
 * those of its own jar, which there are for more machines than those that can train.
 *
 * <p>By itself it unpacks them at each start into the folder for temporary files, where they stay
 * if the process is killed, and where there may be no room or nothing may run. So they are kept in
 * the cache of {@link NativeLibraries}, in a folder of their own. Where that cannot be, it is left
 * to ONNX Runtime to unpack them.
 *
 * <p>If {@value NativeLibraries#ORT_PATH_PROPERTY} is already set, by the user or because this
 * process has trained, those libraries are used as they are.
 */
public final class PredictionLibraries {
  static final String RUNTIME = "libonnxruntime.so";
  private static final List<String> FILES = List.of(RUNTIME, NativePlatform.BINDING);
  private static final String RESOURCES = "ai/onnxruntime/native/";
  private static final int MEGABYTES = 25;

  private PredictionLibraries() {}

  /**
   * Loads the libraries, or returns the loaded ones when called again. The first call of the very
   * first process unpacks some 20 MB; later ones check the files.
   *
   * <p>Must run before anything else in this process uses {@code ai.onnxruntime}.
   *
   * @throws NativeLibraryException if the system loads them neither from the cache nor from the
   *     folder for temporary files, or not from the user's directory
   */
  public static synchronized PredictionRuntime load() {
    String preset = System.getProperty(NativeLibraries.ORT_PATH_PROPERTY, "");
    if (!preset.isBlank()) {
      return start(Path.of(preset), Optional.empty());
    }
    Path directory;
    try {
      directory =
          install(
              CacheRoot.find(),
              folder(System.getProperty("os.name"), System.getProperty("os.arch")));
      tryOut(directory);
    } catch (NativeLibraryException e) {
      return start(Path.of(System.getProperty("java.io.tmpdir")), Optional.of(e.getMessage()));
    }
    System.setProperty(NativeLibraries.ORT_PATH_PROPERTY, directory.toString());
    return start(directory, Optional.empty());
  }

  /**
   * Returns the resource folder of the libraries.
   *
   * @param osName system property {@code os.name}
   * @param osArch system property {@code os.arch}
   * @throws NativeLibraryException if they are not kept on this system
   */
  static String folder(String osName, String osArch) {
    if (osName.startsWith("Linux")) {
      switch (osArch) {
        case "amd64", "x86_64" -> {
          return RESOURCES + "linux-x64/";
        }
        case "aarch64" -> {
          return RESOURCES + "linux-aarch64/";
        }
        default -> {}
      }
    }
    throw new NativeLibraryException(
        "they are kept on Linux on x86-64 or ARM only, found " + osName + " on " + osArch);
  }

  /**
   * Unpacks the libraries of a resource folder below {@code root} unless they are there.
   *
   * @return the directory that holds them
   */
  static Path install(Path root, String folder) {
    try {
      List<NativeResource> resources = new ArrayList<>();
      for (String file : FILES) {
        URL url = PredictionLibraries.class.getClassLoader().getResource(folder + file);
        if (url == null) {
          throw new NativeLibraryException(folder + file + " is not on the class path");
        }
        resources.add(NativeResource.of(file, url));
      }
      NativeCache cache = NativeCache.of(root, "onnxruntime", resources);
      cache.install(resources);
      return cache.directory();
    } catch (IOException e) {
      throw NativeLibraries.unwritable(root, MEGABYTES, e);
    }
  }

  /**
   * Loads the runtime alone. ONNX Runtime starts once in a process, well or not at all, so this is
   * seen before it is told of the directory.
   */
  private static void tryOut(Path directory) {
    try {
      System.load(directory.resolve(RUNTIME).toString());
    } catch (UnsatisfiedLinkError e) {
      throw new NativeLibraryException(RuntimeStart.describe(e), e);
    }
  }

  private static PredictionRuntime start(Path directory, Optional<String> obstacle) {
    OrtEnvironment environment =
        RuntimeStart.from(directory, obstacle.map(PredictionLibraries::wayOut).orElse(""));
    return new PredictionRuntime(environment.getVersion(), directory, obstacle);
  }

  private static String wayOut(String obstacle) {
    return ". In a cache they cannot be used either: "
        + obstacle
        + ". Name a directory that is writable and not mounted noexec with -D"
        + NativeLibraries.DIRECTORY_PROPERTY
        + "=DIRECTORY, or with -Djava.io.tmpdir=DIRECTORY";
  }
}
