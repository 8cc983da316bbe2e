package io.semimoe.training.run;

import io.semimoe.graph.network.Task;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.report.EpochReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names under which the numbers of an epoch are written, in one place. */
final class EpochValues {
  static final List<String> TASKS = Arrays.stream(Task.values()).map(Task::text).toList();
  static final String LEARNING_RATE = "learning_rate";
  static final String TOTAL = "loss/total";
  static final String LABELLED_EXPERT = "loss/labelled_expert";
  static final String LABELLED_GATE = "loss/labelled_gate";
  static final String UNLABELLED_EXPERT = "loss/unlabelled_expert";
  static final String S = "s";
  static final String GATE = "gate";
  static final String FOREGROUND = "pseudo_foreground_share";

  private EpochValues() {}

  static Map<String, Double> of(EpochReport report) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TOTAL, report.total());
    put(values, LABELLED_EXPERT, report.labelledExpert());
    put(values, LABELLED_GATE, report.labelledGate());
    put(values, UNLABELLED_EXPERT, report.unlabelledExpert());
    put(values, S, report.s());
    for (int gate = 0; gate < report.gateWeights().size(); gate++) {
      List<Double> weights = report.gateWeights().get(gate);
      for (int expert = 0; expert < weights.size(); expert++) {
        values.put(gateName(gate, expert), weights.get(expert));
      }
    }
    values.put(FOREGROUND, report.pseudoForegroundShare());
    values.put(LEARNING_RATE, report.learningRate());
    values.put("lambda", report.lambda());
    values.put("seconds/iteration", report.iterationSeconds());
    values.put("seconds/loader_wait", report.loaderWaitSeconds());
    values.put("seconds/epoch", report.epochSeconds());
    return values;
  }

  /** Name of the weight that the gate of one task gives to the expert of another. */
  static String gateName(int gate, int expert) {
    return GATE + "/" + TASKS.get(gate) + "/" + TASKS.get(expert) + "_expert";
  }

  private static void put(Map<String, Double> values, String name, TaskValues tasks) {
    values.put(name + "/" + Task.SEGMENTATION.text(), tasks.segmentation());
    values.put(name + "/" + Task.DISTANCE.text(), tasks.distance());
    values.put(name + "/" + Task.BOUNDARY.text(), tasks.boundary());
  }
}
