package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.EvaluationSet;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.EvaluationSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.evaluation.MetricNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images that a training is evaluated on, and the metric that chooses its best checkpoint.
 *
 * @param sets images in memory by the name of their split; only splits that have any
 * @param probe a batch of labelled images, on which the network must be finite where it is not
 *     evaluated
 * @param selectionSplit split whose metric chooses; empty if the last checkpoint counts
 * @param selectionMetric name of the metric that chooses, larger is better
 */
record EvaluationSplits(
    Map<String, EvaluationSet> sets,
    EvaluationSet probe,
    Optional<String> selectionSplit,
    String selectionMetric) {
  static EvaluationSplits load(
      TrainingConfiguration c, SampleSet samples, Normalization normalization)
      throws DataException {
    int size = c.network().size();
    int threads = c.runtime().threadsOrProcessors();
    List<Sample> first =
        samples.labelled().subList(0, Math.min(c.batchSize(), samples.labelled().size()));
    Map<String, EvaluationSet> sets = new LinkedHashMap<>();
    for (Map.Entry<String, List<Sample>> split : samples.evaluated().entrySet()) {
      sets.put(split.getKey(), EvaluationSet.load(split.getValue(), size, normalization, threads));
    }
    EvaluationSettings evaluation = c.evaluation();
    return new EvaluationSplits(
        sets,
        EvaluationSet.load(first, size, normalization, threads),
        evaluation.selectionAmong(sets.keySet()).split(),
        MetricNames.at(evaluation.metric(), size, size));
  }

  /** Returns the value that chooses the best checkpoint; empty if the last one counts. */
  Optional<Double> selectionValue(TrainingState state) {
    return selectionSplit.map(split -> state.metrics().get(split).get(selectionMetric));
  }
}
