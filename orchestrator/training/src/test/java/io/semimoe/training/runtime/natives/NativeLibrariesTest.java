package io.semimoe.training.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @TempDir private Path temporary;

  @Test
  void loadsARuntimeThatCanTrainAndLoadsItOnce() {
    NativeRuntime first = NativeLibraries.load();
    NativeRuntime second = NativeLibraries.load();
    assertThat(first.environment().isTrainingEnabled()).isTrue();
    assertThat(first.version()).isEqualTo("1.24.1");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void processesThatStartTogetherShareOneCache() throws Exception {
    Path cache = temporary.resolve("cache é");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start("-D" + NativeLibraries.DIRECTORY_PROPERTY + "=" + cache));
    }
    for (Process process : processes) {
      assertThat(output(process)).contains("can train: true");
    }
    Path directory = onlyEntry(cache);
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              List.of(
                  "libonnxruntime.so",
                  "libonnxruntime.so.1",
                  "libonnxruntime4j_jni.so",
                  "libonnxruntime_providers_shared.so"));
    }
  }

  @Test
  void aDirectoryOfTheUserIsTaken() throws Exception {
    Path ready = NativeLibraries.install(temporary);
    Process process = start("-D" + NativeLibraries.ORT_PATH_PROPERTY + "=" + ready);
    assertThat(output(process)).contains("can train: true").contains("from " + ready);
  }

  @Test
  void anInferenceOnlyRuntimeOfTheUserIsRefused() throws Exception {
    Path ready = NativeLibraries.install(temporary);
    Path stock = Files.createDirectory(temporary.resolve("stock"));
    Files.copy(ready.resolve(NativePlatform.BINDING), stock.resolve(NativePlatform.BINDING));
    try (var in =
        NativeLibraries.class.getResourceAsStream(
            "/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
      Files.copy(in, stock.resolve("libonnxruntime.so"));
    }
    Process process = start("-D" + NativeLibraries.ORT_PATH_PROPERTY + "=" + stock);
    assertThat(output(process)).contains("NativeLibraryException").contains("cannot train");
  }

  @Test
  void aLibraryThatTheSystemCannotLoadIsToldWithTheReason() throws Exception {
    Path broken = Files.createDirectory(temporary.resolve("broken"));
    Files.write(broken.resolve(NativePlatform.BINDING), new byte[10]);
    Files.write(broken.resolve("libonnxruntime.so"), new byte[10]);
    Process process = start("-D" + NativeLibraries.ORT_PATH_PROPERTY + "=" + broken);
    assertThat(output(process))
        .contains("NativeLibraryException")
        .contains("refuses to load")
        .contains("UnsatisfiedLinkError");
  }

  @Test
  void aMissingFolderForTemporaryFilesIsToldAsSuch() throws Exception {
    Path absent = temporary.resolve("absent");
    Path ready = NativeLibraries.install(temporary);
    Process process =
        start("-D" + NativeLibraries.ORT_PATH_PROPERTY + "=" + ready, "-Djava.io.tmpdir=" + absent);
    assertThat(output(process))
        .contains("NativeLibraryException")
        .contains("temporary files in " + absent)
        .contains("NoSuchFileException")
        .contains("-Djava.io.tmpdir=DIRECTORY in SEMI_MOE_JAVA_OPTS")
        .doesNotContain("glibc", "-D" + NativeLibraries.DIRECTORY_PROPERTY);
  }

  @Test
  void aDirectoryOfTheUserWithoutTheLibrariesIsRefused() {
    assertThatThrownBy(() -> NativeLibraries.checkPreset(temporary))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining(temporary.toString())
        .hasMessageContaining("without libonnxruntime.so");
  }

  @Test
  void aDamagedFileIsRepaired() throws IOException {
    Path directory = NativeLibraries.install(temporary);
    Path runtime = directory.resolve(NativePlatform.RUNTIME);
    byte[] intact = Files.readAllBytes(runtime);
    byte[] damaged = intact.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(runtime, damaged);
    Files.delete(directory.resolve(NativePlatform.RUNTIME_ALIAS));

    assertThat(NativeLibraries.install(temporary)).isEqualTo(directory);
    assertThat(Files.readAllBytes(runtime)).isEqualTo(intact);
    assertThat(directory.resolve(NativePlatform.RUNTIME_ALIAS)).hasSameBinaryContentAs(runtime);
  }

  @Test
  void anIntactFileIsLeftAlone() throws IOException {
    Path runtime = NativeLibraries.install(temporary).resolve(NativePlatform.RUNTIME);
    Object before = Files.readAttributes(runtime, "unix:ino").get("ino");
    NativeLibraries.install(temporary);
    assertThat(Files.readAttributes(runtime, "unix:ino").get("ino")).isEqualTo(before);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsToldWithTheWayOut() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> NativeLibraries.install(file))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("-D" + NativeLibraries.DIRECTORY_PROPERTY);
  }

  @Test
  void aPlatformWithoutLibrariesIsTold() {
    assertThatThrownBy(() -> NativePlatform.of("Windows 11", "amd64"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("Windows 11 on amd64");
    assertThatThrownBy(() -> NativePlatform.of("Linux", "riscv64"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("Linux on riscv64");
  }

  @Test
  void librariesForGpusAreSeenWithoutLoadingThem() throws Exception {
    Path classPath = Files.createDirectory(temporary.resolve("classes"));
    Path folder = classPath.resolve("org/bytedeco/onnxruntime/linux-x86_64-gpu");
    NativePlatform platform = NativePlatform.of("Linux", "amd64");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
      touch(folder.resolve("libonnxruntime_providers_shared.so"));
      assertThat(platform.hasCuda(loader)).isFalse();
      touch(folder.resolve("libonnxruntime_providers_cuda.so"));
      assertThat(platform.hasCuda(loader)).isTrue();
    }
    assertThat(NativeLibraries.haveCuda()).isEqualTo(NativeLibraries.load().isBuiltWithCuda());
  }

  @Test
  void librariesMissingOnTheClassPathAreNamedWithTheArtifact() {
    ClassLoader empty = new ClassLoader(null) {};
    assertThatThrownBy(() -> NativePlatform.of("Linux", "amd64").locate(empty))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("org.bytedeco:onnxruntime");
  }

  /** Entry of the child processes. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      NativeRuntime runtime = NativeLibraries.load();
      System.out.println("can train: " + runtime.environment().isTrainingEnabled());
      System.out.println("from " + runtime.directory());
    }
  }

  private static Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-Dsun.jnu.encoding=UTF-8"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private static Path onlyEntry(Path folder) {
    File[] entries = folder.toFile().listFiles();
    assertThat(entries).hasSize(1);
    return entries[0].toPath();
  }

  @Test
  void theRuntimeForGpusComesWithTheBindingThatKnowsCuda(@TempDir Path classPath) throws Exception {
    String cpu = "ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
    String cuda = "io/semimoe/training/runtime/natives/cuda/libonnxruntime4j_jni.so";
    for (String file :
        List.of("org/bytedeco/onnxruntime/linux-x86_64/libonnxruntime.so.1", cpu, cuda)) {
      touch(classPath.resolve(file));
    }
    assertThat(binding(classPath)).isEqualTo(classPath.resolve(cpu));
    touch(classPath.resolve("org/bytedeco/onnxruntime/linux-x86_64-gpu/libonnxruntime.so.1"));
    assertThat(binding(classPath)).isEqualTo(classPath.resolve(cuda));
    Files.delete(classPath.resolve(cuda));
    assertThat(binding(classPath)).isEqualTo(classPath.resolve(cpu));
  }

  private static Path binding(Path classPath) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
      for (NativeResource resource : NativePlatform.of("Linux", "amd64").locate(loader)) {
        if (resource.fileName().equals(NativePlatform.BINDING)) {
          return Path.of(resource.url().toURI());
        }
      }
    }
    throw new AssertionError("no binding");
  }

  private static void touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, file.toString());
  }
}
