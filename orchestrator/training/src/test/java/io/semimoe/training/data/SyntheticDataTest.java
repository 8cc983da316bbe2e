package io.semimoe.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.SyntheticSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticDataTest {
  private static final SyntheticSettings MORE = new SyntheticSettings(2, 1, 0, 1, 64, 7);
  private static final SyntheticSettings FEWER = new SyntheticSettings(1, 1, 0, 0, 64, 7);

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void generate() throws DataException {
    data = folder.resolve("data");
    assertThat(SyntheticData.prepare(data, MORE, false)).isTrue();
  }

  @Test
  void imagesOfEqualSettingsAreKept() throws DataException {
    assertThat(SyntheticData.prepare(data, MORE, true)).isFalse();
  }

  @Test
  void imagesOfOtherSettingsAreReplacedWhenAskedFor() throws DataException {
    assertThatThrownBy(() -> SyntheticData.prepare(data, FEWER, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected the images of");

    assertThat(SyntheticData.prepare(data, FEWER, true)).isTrue();

    assertThat(data.toFile().list())
        .containsExactlyInAnyOrder(
            "train_1.png",
            "train_1_anno.png",
            "train_2.png",
            "train_2_anno.png",
            "split.csv",
            "synthetic.txt");
  }

  @Test
  void whatAnInterruptedGenerationLeftIsReplaced() throws Exception {
    Path left = Files.createDirectory(folder.resolve(".more.unfinished"));
    Files.writeString(left.resolve("train_9.png"), "half an image");
    Path more = folder.resolve("more");

    assertThat(SyntheticData.prepare(more, MORE, false)).isTrue();

    assertThat(left).doesNotExist();
    assertThat(more.toFile().list()).containsExactlyInAnyOrder(data.toFile().list());
  }

  @Test
  void imagesOfTheUserWithTheNamesOfGeneratedOnesAreKept() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path image = Files.writeString(own.resolve("train_1.png"), "mine");

    assertThatThrownBy(() -> SyntheticData.requireReplaceable(own, MORE))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(image + ": was not generated");
    assertThatThrownBy(() -> SyntheticData.prepare(own, MORE, true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected an empty folder or none");

    assertThat(own.toFile().list()).containsExactly("train_1.png");
    assertThat(image).hasContent("mine");
  }

  @Test
  void whatWasNotGeneratedIsNeverDeleted() throws Exception {
    Path mine = Files.writeString(data.resolve("mine.txt"), "text");

    SyntheticData.requireReplaceable(data, MORE);
    assertThatThrownBy(() -> SyntheticData.requireReplaceable(data, FEWER))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(mine + ": was not generated");
    assertThatThrownBy(() -> SyntheticData.prepare(data, FEWER, true))
        .isInstanceOf(DataException.class);

    assertThat(mine).hasContent("text");
    assertThat(data.resolve("train_3.png")).exists();
  }
}
