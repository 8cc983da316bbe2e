package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.batch.Normalization;
import io.semimoe.loss.Adam;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.EvaluationSettings.Selection;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelExportTest {
  @ParameterizedTest
  @CsvSource({
    "validation, validation, VALIDATION",
    "validation, test, LAST",
    "validation, , VALIDATION",
    "last, validation, LAST",
    "test-optimistic, test, TEST_OPTIMISTIC"
  })
  void withoutValidationImagesTheLastCheckpointIsTheBest(
      String wanted, String evaluated, Selection selection) {
    TrainingConfiguration configuration =
        ConfigurationLoader.load(
            Optional.empty(), Optional.empty(), List.of("evaluation.selection=" + wanted));
    TrainingState state =
        TrainingState.initial(
            new Adam(new TaskValues(1, 1, 1), new TaskValues(0, 0, 0), new TaskValues(0, 0, 0), 0),
            Normalization.GLAS);
    if (evaluated != null) {
      state = state.withMetrics(evaluated, Map.of("pooledDice@128", 0.5));
    }

    assertThat(ModelExport.selection(configuration, state)).isEqualTo(selection);
  }
}
