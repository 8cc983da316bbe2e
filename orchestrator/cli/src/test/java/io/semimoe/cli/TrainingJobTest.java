package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingJobTest {
  @TempDir Path folder;

  @Test
  void aRunIsKeptThatHoldsMoreThanGeneratedImagesWhereTheseGo() throws Exception {
    RunFolder run =
        BegunRun.in(
            folder, ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), List.of()));
    Path checkpoint = Files.createFile(run.latestCheckpoint());
    Path mine = Files.createFile(Files.createDirectory(folder.resolve("data")).resolve("mine.png"));

    Invocation train = Invocation.of("train", "--preset", "demo", "--overwrite", "-o", folder);

    assertThat(train.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(train.err()).contains(mine + ": was not generated");
    assertThat(checkpoint).exists();
    assertThat(mine).exists();
  }

  @Test
  void aTestImageThatIsTrainedOnIsAWarningInTheLogOfTheRun() throws Exception {
    Path split =
        SyntheticDataset.write(
            folder, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 1));
    for (String ending : List.of(".png", "_anno.png")) {
      Files.copy(
          folder.resolve("train_1" + ending),
          folder.resolve("testA_1" + ending),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Path run = folder.resolve("run");

    Invocation train =
        Invocation.of(
            "train",
            "--data",
            folder,
            "--split",
            split,
            "-o",
            run,
            "--threads",
            "1",
            "--set",
            "network.width=4",
            "--set",
            "network.size=16",
            "--set",
            "epochs=1");

    assertThat(train.exitCode()).as(train.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.resolve("train.log"))
        .content()
        .containsOnlyOnce("testA_1.png (test): the same picture as")
        .contains("train_1.png (labelled)");
  }

  @Test
  void aRunIsKeptWhenAnImageMayNotBeResized() throws Exception {
    Path place = folder.resolve("run");
    Path images = folder.resolve("images");
    Path split =
        SyntheticDataset.write(
            images, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 1));
    RunFolder run =
        BegunRun.in(
            place, ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), List.of()));
    Path checkpoint = Files.createFile(run.latestCheckpoint());

    Invocation train =
        Invocation.of(
            "train",
            "--overwrite",
            "--data",
            images,
            "--split",
            split,
            "-o",
            place,
            "--set",
            "data.micronsPerPixel=0.5");

    assertThat(train.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(train.err()).contains("expected an image of 128×128 pixels, the training size");
    assertThat(checkpoint).exists();
  }
}
