package io.semimoe.training.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.training.configuration.EvaluationSettings.Selection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "VALIDATION, validation, VALIDATION",
    "VALIDATION, validation test, VALIDATION",
    "VALIDATION, test, LAST",
    "VALIDATION, , LAST",
    "LAST, validation, LAST",
    "TEST_OPTIMISTIC, test, TEST_OPTIMISTIC",
    "TEST_OPTIMISTIC, validation, LAST",
    "TEST_OPTIMISTIC, , LAST"
  })
  void theLastCheckpointCountsIfTheSplitThatIsToChooseIsNotEvaluated(
      Selection wanted, String evaluated, Selection chosen) {
    Set<String> splits =
        Stream.of(Optional.ofNullable(evaluated).orElse("").split(" ")).collect(Collectors.toSet());

    assertThat(new EvaluationSettings(1, wanted, "pooledDice").selectionAmong(splits))
        .isEqualTo(chosen);
  }
}
