package io.semimoe.training.runtime;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the class path holds the libraries of one operating system and processor.
 *
 * @param trainingFolders resource folders of the training-enabled runtime, most capable first
 * @param bindingFolder resource folder of the Java binding's library
 */
record NativePlatform(List<String> trainingFolders, String bindingFolder) {
  static final String RUNTIME = "libonnxruntime.so.1";
  static final String RUNTIME_ALIAS = "libonnxruntime.so";
  static final String BINDING = "libonnxruntime4j_jni.so";
  private static final List<String> PROVIDERS =
      List.of("libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so");
  private static final String TRAINING_ROOT = "org/bytedeco/onnxruntime/";
  private static final String BINDING_ROOT = "ai/onnxruntime/native/";

  /**
   * Returns the platform with these names as Java tells them.
   *
   * @param osName system property {@code os.name}
   * @param osArch system property {@code os.arch}
   * @throws NativeLibraryException if no training-enabled libraries are known for it
   */
  static NativePlatform of(String osName, String osArch) {
    boolean linux = osName.toLowerCase(Locale.ROOT).startsWith("linux");
    if (linux && (osArch.equals("amd64") || osArch.equals("x86_64"))) {
      return new NativePlatform(
          List.of(TRAINING_ROOT + "linux-x86_64-gpu/", TRAINING_ROOT + "linux-x86_64/"),
          BINDING_ROOT + "linux-x64/");
    }
    if (linux && osArch.equals("aarch64")) {
      return new NativePlatform(
          List.of(TRAINING_ROOT + "linux-arm64/"), BINDING_ROOT + "linux-aarch64/");
    }
    throw new NativeLibraryException(
        "expected Linux on x86-64 or arm64 to train on, found "
            + osName
            + " on "
            + osArch
            + "; train on a Linux machine (on Windows: in WSL 2), exported models run everywhere");
  }

  /**
   * Finds the libraries through {@code loader}: the runtime, the Java binding and, where the class
   * path has them, the CUDA providers.
   *
   * @throws NativeLibraryException if a needed one is not on the class path
   */
  List<NativeResource> locate(ClassLoader loader) throws IOException {
    List<NativeResource> found = new ArrayList<>();
    for (String folder : trainingFolders) {
      URL runtime = loader.getResource(folder + RUNTIME);
      if (runtime == null) {
        continue;
      }
      found.add(NativeResource.of(RUNTIME, runtime));
      for (String provider : PROVIDERS) {
        URL url = loader.getResource(folder + provider);
        if (url != null) {
          found.add(NativeResource.of(provider, url));
        }
      }
      break;
    }
    if (found.isEmpty()) {
      throw new NativeLibraryException(
          "the training-enabled "
              + RUNTIME
              + " is not on the class path, expected it in one of "
              + trainingFolders
              + "; add org.bytedeco:onnxruntime with this platform's classifier");
    }
    URL binding = loader.getResource(bindingFolder + BINDING);
    if (binding == null) {
      throw new NativeLibraryException(
          BINDING
              + " is not on the class path, expected it in "
              + bindingFolder
              + "; add com.microsoft.onnxruntime:onnxruntime");
    }
    found.add(NativeResource.of(BINDING, binding));
    return List.copyOf(found);
  }
}
