package io.semimoe.training.loop;

import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.runtime.StepOutputs;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pass computed for one of its batches, means over its images.
 *
 * @param expert losses of the experts
 * @param gate losses of the gates
 * @param statistics state of the gates
 */
public record BatchOutputs(TaskValues expert, TaskValues gate, GateStatistics statistics) {
  private static final int LOSSES = 6;

  /**
   * Reads those of a batch.
   *
   * @param outputs outputs of the pass
   * @param index the batch, from 0
   * @param batches batches in the pass, whose images come in turn
   */
  static BatchOutputs of(StepOutputs outputs, int index, int batches) {
    List<Double> losses = means(outputs.floats(SemiMoeObjective.LOSSES), LOSSES, index, batches);
    return new BatchOutputs(
        taskValues(losses.subList(0, 3)),
        taskValues(losses.subList(3, LOSSES)),
        new GateStatistics(
            means(outputs.floats(SemiMoeObjective.PSEUDO_FOREGROUND), 1, index, batches).get(0),
            means(
                outputs.floats(SemiMoeObjective.GATE_WEIGHTS),
                GateStatistics.WEIGHTS,
                index,
                batches)));
  }

  /** Returns the mean row of a table [images of all batches, length] over those of one batch. */
  private static List<Double> means(float[] table, int length, int index, int batches) {
    int images = table.length / length;
    List<Double> means = new ArrayList<>();
    for (int column = 0; column < length; column++) {
      double sum = 0;
      for (int image = index; image < images; image += batches) {
        sum += table[image * length + column];
      }
      means.add(sum * batches / images);
    }
    return means;
  }

  private static TaskValues taskValues(List<Double> losses) {
    return new TaskValues(losses.get(0), losses.get(1), losses.get(2));
  }
}
