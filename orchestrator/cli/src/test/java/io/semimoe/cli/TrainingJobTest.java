package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
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
  void aTestImageThatIsTrainedOnIsAWarningInTheLog() throws Exception {
    Path split =
        SyntheticDataset.write(
            folder, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 1));
    for (String ending : List.of(".png", "_anno.png")) {
      Files.copy(
          folder.resolve("train_1" + ending),
          folder.resolve("testA_1" + ending),
          StandardCopyOption.REPLACE_EXISTING);
    }
    try (LogOf log = new LogOf(TrainingJob.class)) {
      TrainingJob.checked(
          ConfigurationLoader.load(
              Optional.empty(),
              Optional.empty(),
              List.of("data.root='" + folder + "'", "data.split='" + split + "'")));

      assertThat(log.messages(Level.WARN))
          .singleElement()
          .asString()
          .contains("testA_1.png (test): the same picture as", "train_1.png (labelled)");
    }
  }
}
