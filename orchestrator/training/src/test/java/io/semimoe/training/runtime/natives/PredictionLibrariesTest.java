package io.semimoe.training.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What loads is seen in processes of their own, for a process has one ONNX Runtime. */
class PredictionLibrariesTest {
  private static final String FOLDER = "ai/onnxruntime/native/linux-x64/";

  @TempDir private Path temporary;
  private Path cache;
  private Path scratch;

  @BeforeEach
  void makeFolders() throws IOException {
    cache = temporary.resolve("cache é");
    scratch = Files.createDirectory(temporary.resolve("tmp"));
  }

  @Test
  void theyAreKeptAndNothingIsUnpackedIntoTheFolderForTemporaryFiles() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(load(cacheIn(cache), scratchIn(scratch)))
          .contains("1.24.1")
          .contains("without obstacle")
          .contains("can train: false");
      assertThat(scratch).isEmptyDirectory();
    }

    File[] kept = cache.toFile().listFiles();
    assertThat(kept).hasSize(1);
    assertThat(kept[0].list())
        .containsExactlyInAnyOrder("libonnxruntime.so", "libonnxruntime4j_jni.so");
    assertThat(load(cacheIn(cache), scratchIn(scratch))).contains("from " + kept[0]);
  }

  @Test
  void whereTheyCannotBeKeptTheyAreUnpackedAtEachStart() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThat(load(cacheIn(file), scratchIn(scratch)))
        .contains("1.24.1")
        .contains("from " + scratch)
        .contains("obstacle: cannot unpack the native libraries into " + file);
  }

  @Test
  void aMissingFolderForTemporaryFilesIsToldAsSuch() throws Exception {
    Path absent = temporary.resolve("absent");

    assertThat(load(cacheIn(cache), scratchIn(absent)))
        .contains("NativeLibraryException")
        .contains("temporary files in " + absent)
        .contains("-Djava.io.tmpdir=DIRECTORY")
        .doesNotContain("refuses");
  }

  @Test
  void thoseOfTheUserAreTaken() throws Exception {
    Path own = NativeLibraries.install(temporary.resolve("own"));

    assertThat(load(cacheIn(cache), "-D" + NativeLibraries.ORT_PATH_PROPERTY + "=" + own))
        .contains("from " + own)
        .contains("can train: true");
    assertThat(cache).doesNotExist();
  }

  @Test
  void thoseOfTheUserThatDoNotLoadAreNotReplaced() throws Exception {
    assertThat(load(cacheIn(cache), "-D" + NativeLibraries.ORT_PATH_PROPERTY + "=" + scratch))
        .contains("NativeLibraryException")
        .contains("not found at " + scratch)
        .doesNotContain("DIRECTORY");
  }

  @Test
  void whereTheyLoadFromNoPlaceBothReasonsAreTold() throws Exception {
    Path damaged = temporary.resolve("classes");
    Path runtime = damaged.resolve(FOLDER + PredictionLibraries.RUNTIME);
    Files.createDirectories(runtime.getParent());
    Files.writeString(runtime, "no library");

    assertThat(loadFrom(damaged + File.pathSeparator, cacheIn(cache), scratchIn(scratch)))
        .contains("in " + scratch + ": UnsatisfiedLinkError: " + scratch)
        .contains("In a cache they cannot be used either: UnsatisfiedLinkError: " + cache)
        .contains("-Dsemimoe.natives.dir=DIRECTORY")
        .contains("-Djava.io.tmpdir=DIRECTORY");
  }

  @Test
  void aDamagedFileIsRepaired() throws IOException {
    Path runtime =
        PredictionLibraries.install(temporary, FOLDER).resolve(PredictionLibraries.RUNTIME);
    Files.write(runtime, new byte[10]);

    Path repaired = PredictionLibraries.install(temporary, FOLDER);

    assertThat(repaired).isEqualTo(runtime.getParent());
    assertThat(Files.size(runtime)).isGreaterThan(1_000_000);
  }

  @Test
  void thereAreSomeForBothProcessorsOfLinux() {
    for (String processor : List.of("amd64", "aarch64")) {
      String folder = PredictionLibraries.folder("Linux", processor);

      assertThat(PredictionLibraries.install(cache, folder)).isDirectory();
    }
    assertThat(cache.toFile().list()).hasSize(2);
  }

  @Test
  void onOtherSystemsTheyAreNotKept() {
    assertThatThrownBy(() -> PredictionLibraries.folder("Windows 11", "amd64"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("Windows 11 on amd64");
    assertThatThrownBy(() -> PredictionLibraries.folder("Linux", "riscv64"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("Linux on riscv64");
  }

  /** Entry of the child processes. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      PredictionRuntime runtime = PredictionLibraries.load();
      System.out.println(runtime.version());
      System.out.println("from " + runtime.directory());
      System.out.println(runtime.obstacle().map(o -> "obstacle: " + o).orElse("without obstacle"));
      System.out.println("can train: " + OrtEnvironment.getEnvironment().isTrainingEnabled());
    }
  }

  private static String cacheIn(Path folder) {
    return "-D" + NativeLibraries.DIRECTORY_PROPERTY + "=" + folder;
  }

  private static String scratchIn(Path folder) {
    return "-Djava.io.tmpdir=" + folder;
  }

  /** Returns what a process prints that loads them. */
  private static String load(String... options) throws IOException, InterruptedException {
    return loadFrom("", options);
  }

  /** The same with classes that come before all others. */
  private static String loadFrom(String classes, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-Dsun.jnu.encoding=UTF-8", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", classes + System.getProperty("java.class.path"), Child.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
