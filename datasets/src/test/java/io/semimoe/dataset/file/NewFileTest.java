package io.semimoe.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
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
