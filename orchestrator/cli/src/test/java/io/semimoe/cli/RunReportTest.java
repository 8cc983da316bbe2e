package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.training.configuration.EvaluationSettings.Selection;
import io.semimoe.training.loop.CheckpointEvaluation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReportTest {
  @ParameterizedTest
  @CsvSource({
    "VALIDATION, 'validation, which chose the checkpoint (optimistic)', test",
    "TEST_OPTIMISTIC, validation, 'test, which chose the checkpoint (optimistic)'",
    "LAST, validation, test"
  })
  void figuresOfTheImagesThatChoseTheCheckpointAreCalledOptimistic(
      Selection selection, String validation, String test) {
    assertThat(print(selection, false).lines())
        .containsExactly(
            validation, "  pooled Dice @ 64 0.7500", test, "  pooled Dice @ 64 0.5000");
  }

  @Test
  void jsonTellsHowTheCheckpointWasChosen() throws Exception {
    JsonNode report = new ObjectMapper().readTree(print(Selection.TEST_OPTIMISTIC, true));

    assertThat(report.get("selection").textValue()).isEqualTo("test-optimistic");
    assertThat(report.at("/metrics/test/pooledDice@64").doubleValue()).isEqualTo(0.5);
  }

  private static String print(Selection selection, boolean json) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    metrics.put("validation", Map.of("pooledDice@64", 0.75));
    metrics.put("test", Map.of("pooledDice@64", 0.5));
    StringWriter text = new StringWriter();
    RunReport.print(
        new PrintWriter(text), Path.of("run"), new CheckpointEvaluation(selection, metrics), json);
    return text.toString();
  }
}
