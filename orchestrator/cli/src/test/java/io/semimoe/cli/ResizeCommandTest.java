package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResizeCommandTest {
  @TempDir Path folder;
  private Path data;
  private Path copy;

  @BeforeEach
  void writeData() throws Exception {
    data = folder.resolve("data with spaces");
    copy = folder.resolve("copies/of it");
    SyntheticDataset.write(
        data, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 1));
  }

  @Test
  void itTellsWhatItWrote() throws Exception {
    Invocation resize =
        Invocation.of("resize", "--data", data, "--size", 32, "--keep", "test*", "-o", copy);

    assertThat(resize.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(resize.out())
        .contains("2 images, 2 masks: 32×32 pixels")
        .contains("2 images and masks: unchanged")
        .contains("1 other files: unchanged")
        .containsPattern("(?m)^\\d\\.\\d MB -> \\d\\.\\d MB: \\Q" + copy + "\\E$")
        .doesNotContain("left out");
    assertThat(ImageFiles.readSize(copy.resolve("train_1.png"))).isEqualTo(new ImageSize(32, 32));
    assertThat(ImageFiles.readSize(copy.resolve("testA_1.png"))).isEqualTo(new ImageSize(64, 64));
    assertThat(copy.resolve("split.csv")).hasSameTextualContentAs(data.resolve("split.csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--keep valid/**",
        "--keep **/valid/**",
        "--keep valid/Images/ --keep valid/Annotation/",
        "--keep Images/v.png --keep Annotation/v*",
        "--keep v.png"
      })
  void patternsMeanWhatTheyDoToCut(String options) throws Exception {
    Path crag = folder.resolve("crag");
    for (String file : List.of("train/%s/t.png", "valid/%s/v.png")) {
      Path image = crag.resolve(file.formatted("Images"));
      Path mask = crag.resolve(file.formatted("Annotation"));
      Files.createDirectories(image.getParent());
      Files.createDirectories(mask.getParent());
      Files.copy(data.resolve("train_1.png"), image);
      Files.copy(data.resolve("train_1_anno.png"), mask);
    }
    List<Object> arguments = new ArrayList<>(List.of("resize", "--layout", "crag", "--data", crag));
    arguments.addAll(List.of(options.split(" ")));
    arguments.addAll(List.of("--size", 32, "-o", copy));

    Invocation resize = Invocation.of(arguments.toArray());

    assertThat(resize.exitCode()).as(resize.err()).isEqualTo(ExitCodes.OK);
    assertThat(resize.out())
        .contains("1 images, 1 masks: 32×32 pixels")
        .contains("2 images and masks: unchanged");
    assertThat(ImageFiles.readSize(copy.resolve("valid/Images/v.png")))
        .isEqualTo(new ImageSize(64, 64));
  }

  @Test
  void itTellsOfImagesThatTheLayoutDoesNotKnow() throws Exception {
    Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
    Files.copy(data.resolve("train_1.png"), elsewhere.resolve("train_9.png"));

    Invocation resize = Invocation.of("resize", "--data", data, "--size", 32, "-o", copy);

    assertThat(resize.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(resize.out()).contains("1 images in other places: left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --size 40                    | size: expected a multiple of 16
          --size 32 --layout folders   | found folders, whose images may lie anywhere
          --size 32 --layout synthetic | found synthetic, whose images are generated
          --size 32 --keep [           | expected a pattern, found '['
          --size 32 --keep nix*        | --keep: expected a pattern that matches images or masks, found none for nix*
          --size 32 --keep *.csv       | --keep: expected a pattern that matches images or masks, found none for *.csv
          """)
  void wrongOptionsAreUsageErrors(String options, String message) {
    List<Object> arguments = new ArrayList<>(List.of("resize", "--data", data, "-o", copy));
    arguments.addAll(List.of(options.split(" +")));

    Invocation resize = Invocation.of(arguments.toArray());

    assertThat(resize.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(resize.err()).contains(message);
    assertThat(copy).doesNotExist();
  }

  @Test
  void aFolderInUseIsAUsageError() throws Exception {
    Path mine = Files.writeString(Files.createDirectories(copy).resolve("mine"), "text");

    Invocation resize = Invocation.of("resize", "--data", data, "--size", 32, "-o", copy);

    assertThat(resize.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(resize.err()).contains(copy + " is not empty");
    assertThat(mine).hasContent("text");
  }

  @Test
  void aFolderInTheDataSetIsAUsageError() {
    Invocation resize =
        Invocation.of("resize", "--data", data, "--size", 32, "-o", data.resolve("small"));

    assertThat(resize.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(resize.err()).contains("--output: expected a folder apart from the data set");
  }

  @Test
  void anUnreadableImageIsADataError() throws Exception {
    Path damaged = Files.writeString(data.resolve("train_1.png"), "no image");

    Invocation resize = Invocation.of("resize", "--data", data, "--size", 32, "-o", copy);

    assertThat(resize.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(resize.err()).contains(damaged.toString());
    assertThat(copy).doesNotExist();
  }
}
