package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.configuration.ConfigurationLoader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConfigurationOptionsTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --data,               data.root,         glas
          --split,              data.split,        split.csv
          --seed,               seed,              11
          --initial-checkpoint, initialCheckpoint, runs/glas/best
          --threads,            runtime.threads,   3
          --device,             runtime.device,    cuda:1
          """)
  void aShortOptionStandsForItsKey(String option, String key, String value) {
    ConfigurationOptions options =
        CommandLine.populateCommand(new ConfigurationOptions(), option, value);

    assertThat(options.load())
        .isEqualTo(
            ConfigurationLoader.load(
                Optional.empty(), Optional.empty(), List.of(key + "=" + value)))
        .isNotEqualTo(new ConfigurationOptions().load());
  }

  @ParameterizedTest
  @CsvSource({"--seed, seed", "--threads, runtime.threads"})
  void whatIsNoNumberIsRefused(String option, String key) {
    ConfigurationOptions options =
        CommandLine.populateCommand(new ConfigurationOptions(), option, "many");

    assertThatThrownBy(options::load)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + ": expected a whole number")
        .hasMessageEndingWith("found many");
  }

  @Test
  void anAssignmentReplacesAShortOptionThatComesLater() {
    ConfigurationOptions options =
        CommandLine.populateCommand(new ConfigurationOptions(), "--set", "seed=12", "--seed", "11");

    assertThat(options.load().seed()).isEqualTo(12);
  }

  @Test
  void aFolderMayHaveAnApostrophe() {
    ConfigurationOptions options =
        CommandLine.populateCommand(new ConfigurationOptions(), "--data", "O'Hara's glands");

    assertThat(options.load().data().root().orElseThrow()).hasFileName("O'Hara's glands");
  }
}
