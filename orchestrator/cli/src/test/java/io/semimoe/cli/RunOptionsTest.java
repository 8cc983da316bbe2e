package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunOptionsTest {
  @TempDir Path folder;

  @Test
  void whatMovedIsReplacedAndAllElseStays() throws Exception {
    TrainingConfiguration begun =
        configuration("data.root=/old", "data.split=/old/split.csv", "epochs=7");

    TrainingConfiguration moved =
        options("--data", "new", "--split", "it's.csv").load(runOf(begun));

    assertThat(moved)
        .isEqualTo(
            configuration(
                "data.root='" + Path.of("new").toAbsolutePath() + "'",
                "data.split='"
                    + Path.of("it's.csv").toAbsolutePath().toString().replace("'", "''")
                    + "'",
                "epochs=7"));
  }

  @Test
  void aDataSetOfSeveralFoldersHasNoPlaceToReplace() throws Exception {
    RunFolder run =
        runOf(
            configuration(
                "data.layout=folders",
                "data.folders.labelledImages=/images",
                "data.folders.labelledMasks=/masks"));

    assertThatThrownBy(() -> options("--data", "new").load(run))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--data: expected a run on a data set in one folder")
        .hasMessageContaining(run.configuration().toString());
  }

  @Test
  void whatWasGivenCanBeGivenAgain() {
    assertThat(options("--split", "s.csv", "--device", "cpu", "--data", "d").given())
        .containsExactly("--device", "cpu", "--data", "d", "--split", "s.csv");
    assertThat(options().given()).isEmpty();
  }

  private static RunOptions options(String... arguments) {
    return CommandLine.populateCommand(new RunOptions(), arguments);
  }

  private RunFolder runOf(TrainingConfiguration configuration) throws Exception {
    RunFolder run = RunFolder.create(folder, false);
    run.writeConfiguration(ConfigurationLoader.toYaml(configuration));
    return run;
  }

  private static TrainingConfiguration configuration(String... settings) {
    return ConfigurationLoader.load(
        Optional.of("demo"),
        Optional.empty(),
        Stream.concat(Stream.of("runtime.device=cpu"), Stream.of(settings)).toList());
  }
}
