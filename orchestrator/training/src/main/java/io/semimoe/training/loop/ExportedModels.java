package io.semimoe.training.loop;

import io.semimoe.inference.ModelDescription;
import io.semimoe.training.configuration.EvaluationSettings.Selection;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The models that {@link ModelExport} wrote.
 *
 * @param dynamic model whose batch, height and width are open
 * @param fixed model for one image of the training size
 * @param opset version of the operator set that both use
 * @param description what both say about themselves
 * @param epochs epochs that the checkpoint was trained for
 * @param selection how the checkpoint was chosen
 * @param metrics its evaluation by split and name; no splits if the training did not evaluate it
 */
public record ExportedModels(
    Path dynamic,
    Path fixed,
    int opset,
    ModelDescription description,
    int epochs,
    Selection selection,
    Map<String, Map<String, Double>> metrics) {

  /** Copies the metrics, keeping their order. */
  public ExportedModels {
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    metrics.forEach(
        (split, values) ->
            copy.put(split, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    metrics = Collections.unmodifiableMap(copy);
  }
}
