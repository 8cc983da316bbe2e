package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.loss.Adam;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.EvaluationSettings.Selection;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingStateTest {
  private static final Path FILE = Path.of("run", "checkpoints", "latest");
  private static final TaskValues ZERO = new TaskValues(0, 0, 0);

  private static final TrainingState STATE =
      TrainingState.initial(new Adam(ZERO, ZERO, ZERO, 0), Normalization.CRAG)
          .withMetrics("test", Map.of("dice", 0.5));

  @Test
  void isReadBack() throws Exception {
    assertThat(TrainingState.parse(FILE, STATE.toJson())).isEqualTo(STATE);
  }

  @Test
  void weightsThatWereBestByTheSplitThatChoosesWereChosenByIt() {
    TrainingConfiguration configuration =
        ConfigurationLoader.load(Optional.of("compact"), Optional.empty(), List.of());
    TrainingState evaluated = STATE.withMetrics("validation", Map.of("pooledDice@128", 0.5));

    assertThat(evaluated.withBest(0.5).selection(configuration)).isEqualTo(Selection.VALIDATION);
    assertThat(evaluated.withBest(0.75).selection(configuration)).isEqualTo(Selection.LAST);
    assertThat(STATE.withBest(0.5).selection(configuration)).isEqualTo(Selection.LAST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "epoch":0                | "epoch":-1
          "epoch":0                | "epoch":1e99
          "epoch":0                | "epoch":nul
          "iteration":0            | "iteration":-1
          "iteration":0            | "iteration":3
          "iterations":0           | "iterations":2
          "steps":0                | "stepz":0
          "firstMoment":{          | "firstMoment":null,"values":{
          "adam":{                 | "adam":null,"gone":{
          "labelledGate":{         | "labelledGate":null,"total":{
          "seconds":[]             | "seconds":[1.0]
          "seconds":[]             | "seconds":null
          "gateWeights":[0.0,      | "gateWeights":[
          "mean":[0.8306555,       | "mean":[
          "std":[0.11995327,       | "std":[-0.11995327,
          "std":[0.11995327,       | "std":[null,
          "metrics":{"test":{      | "metrics":{"test":null,"more":{
          "dice":0.5               | "dice":null
          }                        | ,
          """)
  void refusesADamagedOne(String part, String damaged) {
    String json = STATE.toJson();
    assertThat(json).contains(part);

    assertThatThrownBy(() -> TrainingState.parse(FILE, json.replace(part, damaged)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(FILE + ": expected the state of a training, found one that is")
        .hasMessageNotContaining("io.semimoe");
  }
}
