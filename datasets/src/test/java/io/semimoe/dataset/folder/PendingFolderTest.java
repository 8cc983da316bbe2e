package io.semimoe.dataset.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PendingFolderTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void choose() {
    target = folder.resolve("new/target");
  }

  @Test
  void appearsWhenItIsPublished() throws Exception {
    try (PendingFolder pending = PendingFolder.of(target)) {
      Files.writeString(pending.path().resolve("a"), "text");
      assertThat(target).doesNotExist();
      pending.publish();
    }

    assertThat(target.resolve("a")).hasContent("text");
    assertThat(target.getParent().toFile().list()).containsExactly("target");
  }

  @Test
  void leavesNothingElse() throws Exception {
    Path left = Files.createDirectories(folder.resolve("new/.target.unfinished"));
    Files.writeString(left.resolve("old"), "text");

    try (PendingFolder pending = PendingFolder.of(target)) {
      assertThat(pending.path()).isEmptyDirectory();
      Files.writeString(pending.path().resolve("a"), "text");
    }

    assertThat(folder.resolve("new")).isEmptyDirectory();
  }

  @Test
  void whatAnotherIsWritingIsLeftAlone() throws Exception {
    try (PendingFolder pending = PendingFolder.of(target)) {
      Path written = Files.writeString(pending.path().resolve("a"), "text");
      assertThatThrownBy(() -> PendingFolder.of(target))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(target + ": is being written by another process")
          .hasMessageContaining("choose another place");
      assertThat(written).hasContent("text");
    }
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void takesThePlaceOfAnEmptyFolderOnly() throws Exception {
    Files.createDirectories(target);
    try (PendingFolder pending = PendingFolder.of(target)) {
      pending.publish();
    }
    Path mine = Files.writeString(target.resolve("mine"), "text");

    assertThatThrownBy(() -> PendingFolder.of(target))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected an empty folder or none");
    assertThat(mine).hasContent("text");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkLeadsToThePlace() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(target.getParent());
    Files.createSymbolicLink(target, elsewhere);

    try (PendingFolder pending = PendingFolder.of(target)) {
      Files.writeString(pending.path().resolve("a"), "text");
      pending.publish();
    }

    assertThat(target).isSymbolicLink();
    assertThat(elsewhere.resolve("a")).hasContent("text");
  }

  @Test
  void whatHasAppearedMeanwhileIsKept() throws Exception {
    try (PendingFolder pending = PendingFolder.of(target)) {
      Path mine = Files.writeString(Files.createDirectories(target).resolve("mine"), "text");

      assertThatThrownBy(pending::publish).isInstanceOf(DataException.class);
      assertThat(mine).hasContent("text");
    }
  }

  @Test
  void foldersMadeForItGoWithIt() throws Exception {
    target = folder.resolve("new/folders/target");

    try (PendingFolder pending = PendingFolder.of(target)) {
      assertThat(pending.path()).isEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();

    try (PendingFolder pending = PendingFolder.of(target)) {
      Files.writeString(pending.path().resolve("../../mine").normalize(), "text");
    }
    assertThat(folder.resolve("new").toFile().list()).containsExactly("mine");
  }

  @Test
  void aFileAboveItIsToldAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("new"), "text");

    assertThatThrownBy(() -> PendingFolder.of(target))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(target + ": cannot be written: ")
        .hasMessageEndingWith("choose another place");
    assertThat(file).hasContent("text");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksToNothingAreRefusedAndKept() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("new"), folder.resolve("nowhere"));

    assertThatThrownBy(() -> PendingFolder.of(link))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found a link to nothing");
    assertThatThrownBy(() -> PendingFolder.of(target))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be written");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void anEmptyFolderStaysIfNothingIsPublished() throws Exception {
    Files.createDirectories(target);

    PendingFolder.of(target).close();

    assertThat(target).isEmptyDirectory();
  }
}
