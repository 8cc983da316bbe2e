package io.semimoe.training.runtime.natives;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Where the class path holds the libraries of one operating system and processor.
 *
 * @param choices where each build of the runtime lies, the most capable first
 */
record NativePlatform(List<Choice> choices) {
  /**
   * One build of the runtime.
   *
   * @param trainingFolder resource folder of the training-enabled runtime
   * @param bindingFolders resource folders of the Java binding's library, the most capable first
   */
  record Choice(String trainingFolder, List<String> bindingFolders) {}

  static final String RUNTIME = "libonnxruntime.so.1";
  static final String RUNTIME_ALIAS = "libonnxruntime.so";
  static final String BINDING = "libonnxruntime4j_jni.so";
  private static final String CUDA_PROVIDER = "libonnxruntime_providers_cuda.so";
  private static final List<String> PROVIDERS =
      List.of("libonnxruntime_providers_shared.so", CUDA_PROVIDER);
  private static final String TRAINING_ROOT = "org/bytedeco/onnxruntime/";
  private static final String BINDING_FOLDER = "ai/onnxruntime/native/linux-x64/";

  /** The binding of the CPU's jar refuses CUDA; the build puts the one of the GPU's jar here. */
  private static final String CUDA_BINDING = "io/semimoe/training/runtime/natives/cuda/";

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
          List.of(
              new Choice(
                  TRAINING_ROOT + "linux-x86_64-gpu/", List.of(CUDA_BINDING, BINDING_FOLDER)),
              new Choice(TRAINING_ROOT + "linux-x86_64/", List.of(BINDING_FOLDER))));
    }
    throw new NativeLibraryException(
        "expected Linux on x86-64 to train on, found "
            + osName
            + " on "
            + osArch
            + "; train on a Linux machine (on Windows: in WSL 2), exported models run everywhere");
  }

  /** Tells whether a class path has libraries for NVIDIA GPUs. */
  boolean hasCuda(ClassLoader loader) {
    return choices.stream()
        .anyMatch(choice -> loader.getResource(choice.trainingFolder + CUDA_PROVIDER) != null);
  }

  /**
   * Finds the libraries through {@code loader}: the runtime, the Java binding and, where the class
   * path has them, the CUDA providers.
   *
   * @throws NativeLibraryException if a needed one is not on the class path
   */
  List<NativeResource> locate(ClassLoader loader) throws IOException {
    for (Choice choice : choices) {
      URL runtime = loader.getResource(choice.trainingFolder + RUNTIME);
      if (runtime != null) {
        List<NativeResource> found = new ArrayList<>();
        found.add(NativeResource.of(RUNTIME, runtime));
        for (String provider : PROVIDERS) {
          URL url = loader.getResource(choice.trainingFolder + provider);
          if (url != null) {
            found.add(NativeResource.of(provider, url));
          }
        }
        found.add(NativeResource.of(BINDING, binding(loader, choice.bindingFolders)));
        return List.copyOf(found);
      }
    }
    throw new NativeLibraryException(
        "the training-enabled "
            + RUNTIME
            + " is not on the class path, expected it in one of "
            + choices.stream().map(Choice::trainingFolder).toList()
            + "; add org.bytedeco:onnxruntime with this platform's classifier");
  }

  private static URL binding(ClassLoader loader, List<String> folders) {
    return folders.stream()
        .map(folder -> loader.getResource(folder + BINDING))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                new NativeLibraryException(
                    BINDING
                        + " is not on the class path, expected it in one of "
                        + folders
                        + "; add com.microsoft.onnxruntime:onnxruntime"));
  }
}
