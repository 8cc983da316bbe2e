package io.semimoe.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  @TempDir Path folder;

  @Test
  void replacesTheFileOnlyWhenPublished() throws Exception {
    Path target = Files.writeString(folder.resolve("a.txt"), "old");
    try (NewFile file = NewFile.of(target)) {
      Files.writeString(file.path(), "new");

      assertThat(target).hasContent("old");
      file.publish();
    }

    assertThat(target).hasContent("new");
    assertThat(folder).isDirectoryContaining("glob:**/a.txt");
    assertThat(folder.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void leavesNothingBehindWhenItIsNotPublished() throws Exception {
    NewFile file = NewFile.of(folder.resolve("a.txt"));
    Files.writeString(file.path(), "half");
    file.close();
    file.close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehindWhenTheProcessIsEnded() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Unfinished.class.getName(),
                folder.resolve("a.txt").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("writing");
      assertThat(folder).isNotEmptyDirectory();
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(folder).isEmptyDirectory();
  }

  /** A program that begins a file and waits. */
  static final class Unfinished {
    private Unfinished() {}

    public static void main(String[] args) throws Exception {
      try (NewFile file = NewFile.of(Path.of(args[0]))) {
        Files.writeString(file.path(), "half");
        System.out.println("writing");
        Thread.sleep(TimeUnit.MINUTES.toMillis(1));
      }
    }
  }

  @Test
  void refusesATargetThatCannotBeWritten() throws Exception {
    assertThatThrownBy(() -> NewFile.of(folder))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining("is a folder");
    Path absent = folder.resolve("no/such/folder/a.txt");
    assertThatThrownBy(() -> NewFile.of(absent))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(absent.toString());
    assertThatThrownBy(() -> NewFile.of(folder.getRoot())).isInstanceOf(DataException.class);
  }
}
