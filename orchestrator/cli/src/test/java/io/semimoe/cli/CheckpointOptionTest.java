package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckpointOptionTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void makeRun() throws Exception {
    run = RunFolder.create(folder, false);
    Files.createFile(run.latestCheckpoint());
  }

  @Test
  void theBestCheckpointCountsWhereThereIsOne() throws Exception {
    assertThat(chosen()).isEqualTo(run.latestCheckpoint());

    Files.createFile(run.bestCheckpoint());

    assertThat(chosen()).isEqualTo(run.bestCheckpoint());
  }

  @Test
  void theUserMayChooseTheOther() throws Exception {
    Files.createFile(run.bestCheckpoint());

    assertThat(chosen("--checkpoint", "LATEST")).isEqualTo(run.latestCheckpoint());
  }

  @Test
  void theBestOneIsNotReplacedByTheLatestWhereItIsAskedFor() {
    assertThatThrownBy(() -> chosen("--checkpoint", "BEST"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(run.bestCheckpoint() + ": expected a checkpoint, found none");
  }

  private Path chosen(String... arguments) throws DataException {
    return CommandLine.populateCommand(new CheckpointOption(), arguments).in(run);
  }
}
