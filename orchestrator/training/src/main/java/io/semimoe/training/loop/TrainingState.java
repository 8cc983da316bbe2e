package io.semimoe.training.loop;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.loss.Adam;
import io.semimoe.training.configuration.EvaluationSettings.Selection;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.evaluation.MetricNames;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a checkpoint holds beside the network, so that a resumed training equals an uninterrupted
 * one. It travels in the checkpoint file as one JSON text.
 *
 * @param epoch epoch to go on with, counted from 0
 * @param iteration iteration of that epoch to go on with, counted from 0
 * @param adam the learned weights s1..s3 and their optimizer
 * @param sums what the epoch has summed so far
 * @param mean mean of the normalisation, red, green, blue in [0, 1]
 * @param std deviation of the normalisation
 * @param bestMetric value of the selection metric in the best checkpoint, if there is one
 * @param metrics metrics of these weights by split; empty if they were not evaluated
 */
record TrainingState(
    int epoch,
    int iteration,
    Adam adam,
    EpochSums sums,
    List<Float> mean,
    List<Float> std,
    Optional<Double> bestMetric,
    Map<String, Map<String, Double>> metrics) {

  /** Name of the property of a checkpoint that holds the state. */
  static final String PROPERTY = "semimoe.training.state";

  private static final int CHANNELS = 3;

  /** Records are their components; a method such as {@code isFinite} is none. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  /**
   * Checks what a damaged file may hold.
   *
   * @throws IllegalArgumentException if a part is missing or cannot be
   */
  TrainingState {
    checkArgument(
        Stream.of(adam, sums, mean, std, bestMetric, metrics).allMatch(Objects::nonNull)
            && Stream.of(adam.values(), adam.firstMoment(), adam.secondMoment())
                .allMatch(Objects::nonNull)
            && metrics.values().stream()
                .allMatch(m -> m != null && m.values().stream().allMatch(Objects::nonNull)),
        "expected all parts of a state, found some missing");
    checkArgument(
        epoch >= 0 && iteration >= 0 && sums.iterations() == iteration,
        "expected an epoch and an iteration from 0 on, with sums of so many iterations");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    checkArgument(
        mean.size() == CHANNELS && std.size() == CHANNELS,
        "expected a normalisation of 3 channels, found one of %s and %s",
        mean.size(),
        std.size());
    for (float deviation : std) {
      checkArgument(deviation > 0, "expected deviations above 0, found %s", deviation);
    }
  }

  static TrainingState initial(Adam adam, Normalization normalization) {
    return new TrainingState(
        0,
        0,
        adam,
        EpochSums.empty(),
        list(normalization.mean()),
        list(normalization.std()),
        Optional.empty(),
        Map.of());
  }

  Normalization normalization() {
    return new Normalization(array(mean), array(std));
  }

  /** The weights are others then, and not evaluated. */
  TrainingState afterIteration(Adam adam, EpochSums sums) {
    return new TrainingState(epoch, iteration + 1, adam, sums, mean, std, bestMetric, Map.of());
  }

  TrainingState afterEpoch() {
    return new TrainingState(epoch + 1, 0, adam, EpochSums.empty(), mean, std, bestMetric, metrics);
  }

  TrainingState withMetrics(String split, Map<String, Double> values) {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>(metrics);
    all.put(split, values);
    return new TrainingState(epoch, iteration, adam, sums, mean, std, bestMetric, all);
  }

  TrainingState withBest(double metric) {
    return new TrainingState(epoch, iteration, adam, sums, mean, std, Optional.of(metric), metrics);
  }

  /**
   * Returns how these weights were chosen: by the split that chooses, if they were the best by its
   * metric when they were evaluated; else they are but the last ones.
   */
  Selection selection(TrainingConfiguration c) {
    Selection wanted = c.evaluation().selectionAmong(metrics.keySet());
    int size = c.network().size();
    Optional<Double> value =
        wanted
            .split()
            .map(
                split ->
                    metrics.get(split).get(MetricNames.at(c.evaluation().metric(), size, size)));
    return value.isPresent() && value.equals(bestMetric) ? wanted : Selection.LAST;
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the training state cannot be written as JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param checkpoint the file it comes from, for the message
   */
  static TrainingState parse(Path checkpoint, String json) throws DataException {
    try {
      return JSON.readValue(json, TrainingState.class);
    } catch (JsonProcessingException e) {
      throw new DataException(
          checkpoint,
          "expected the state of a training, found one that is damaged or of another version of"
              + " this program; put back a copy, or start again with --overwrite",
          e);
    }
  }

  private static List<Float> list(float[] values) {
    return List.of(values[0], values[1], values[2]);
  }

  private static float[] array(List<Float> values) {
    return new float[] {values.get(0), values.get(1), values.get(2)};
  }
}
