package io.semimoe.training.loop;

import io.semimoe.training.configuration.EvaluationSettings.Selection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an evaluation of a checkpoint found.
 *
 * @param selection how the checkpoint was chosen; figures of the split that chose it are optimistic
 * @param metrics metrics by split and name, see {@link
 *     io.semimoe.training.evaluation.SegmentationEvaluation}
 */
public record CheckpointEvaluation(Selection selection, Map<String, Map<String, Double>> metrics) {
  /** Copies the map of splits, keeping their order. */
  public CheckpointEvaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** Returns whether the images of a split chose the checkpoint. */
  public boolean chosenOn(String split) {
    return selection.split().filter(split::equals).isPresent();
  }
}
