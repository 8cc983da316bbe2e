package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.EvaluationSet;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.graph.Graph;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.evaluation.PredictedMaps;
import io.semimoe.training.evaluation.SegmentationEvaluation;
import io.semimoe.training.runtime.Feed;
import io.semimoe.training.runtime.InferenceSession;
import io.semimoe.training.runtime.StepOutputs;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Evaluates a network on images with masks. */
public final class Evaluator {
  /** What a model must give to be evaluated. */
  static final List<String> OUTPUTS = List.of(SemiMoeGraphs.PROBABILITIES, SemiMoeGraphs.DISTANCE);

  /** Images whose probabilities wait to be scored, by several threads. */
  private static final int IMAGES_AT_ONCE = 64;

  private Evaluator() {}

  /** What turns a batch of images [N, 3, H, W] into the outputs of evaluation. */
  private interface Network {
    StepOutputs run(float[] images, long... shape);
  }

  /**
   * Evaluates a checkpoint of a run, as a self-contained model, which runs faster than the one in
   * training and is made once for all splits.
   *
   * @param configuration configuration of the run
   * @param checkpoint file in the run's folder of checkpoints
   * @param splits samples with masks by the name of their split, at least one in each
   * @return how the checkpoint was chosen, and metrics by split and name
   * @throws DataException if the checkpoint or an image cannot be read
   * @throws DivergenceException if the network gives numbers that are not finite
   */
  public static CheckpointEvaluation evaluate(
      TrainingConfiguration configuration, Path checkpoint, Map<String, List<Sample>> splits)
      throws DataException {
    CheckpointFiles.Saved saved = CheckpointFiles.read(checkpoint);
    Graph graph = SemiMoeGraphs.evaluation(Designs.training(configuration).network());
    TrainingState state = saved.state();
    try (InferenceSession session =
        InferenceSession.open(
            saved.model(
                () ->
                    OnnxModel.selfContained(
                        "evaluation", graph, saved.contents(), List.of(), Map.of())),
            Designs.session(configuration.runtime()))) {
      Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
      for (Map.Entry<String, List<Sample>> split : splits.entrySet()) {
        EvaluationSet images =
            EvaluationSet.load(
                split.getValue(),
                configuration.network().size(),
                state.normalization(),
                configuration.runtime().threadsOrProcessors());
        metrics.put(split.getKey(), evaluate(session::run, images, configuration, state.epoch()));
      }
      return new CheckpointEvaluation(state.selection(configuration), metrics);
    }
  }

  /**
   * Runs the present parameters of a session of this configuration on a batch of images.
   *
   * @param epochs epochs that they were trained for
   * @throws DivergenceException if the network gives numbers that are not finite
   */
  static void requireFinite(
      TrainingSession session,
      EvaluationSet images,
      TrainingConfiguration configuration,
      int epochs) {
    maps(network(session), images, 0, images.count(), configuration.batchSize(), epochs);
  }

  /**
   * Evaluates the present parameters of a session of this configuration.
   *
   * @param epochs epochs that they were trained for
   * @throws DivergenceException if the network gives numbers that are not finite
   */
  static Map<String, Double> evaluate(
      TrainingSession session,
      EvaluationSet images,
      TrainingConfiguration configuration,
      int epochs)
      throws DataException {
    return evaluate(network(session), images, configuration, epochs);
  }

  private static Network network(TrainingSession session) {
    return (image, shape) ->
        session.evalStep(Map.of(SemiMoeGraphs.IMAGE, Feed.floats(image, shape)));
  }

  private static Map<String, Double> evaluate(
      Network network, EvaluationSet images, TrainingConfiguration configuration, int epochs)
      throws DataException {
    SegmentationEvaluation evaluation =
        new SegmentationEvaluation(configuration.data().micronsPerPixel());
    int batch = configuration.batchSize();
    int step = batch * Math.max(1, IMAGES_AT_ONCE / batch);
    for (int first = 0; first < images.count(); first += step) {
      int start = first;
      List<PredictedMaps> maps =
          maps(network, images, start, Math.min(step, images.count() - start), batch, epochs);
      ParallelMap.apply(
              IntStream.range(0, maps.size()).boxed().toList(),
              configuration.runtime().threadsOrProcessors(),
              i -> images.sample(start + i).image(),
              i -> {
                Sample sample = images.sample(start + i);
                return evaluation.score(
                    sample.name(),
                    sample.group(),
                    maps.get(i),
                    images.resizedTruth(start + i),
                    images.truth(start + i));
              })
          .forEach(evaluation::add);
    }
    return evaluation.metrics();
  }

  /** Returns what the network finds in some images. */
  private static List<PredictedMaps> maps(
      Network network, EvaluationSet images, int first, int count, int batch, int epochs) {
    int size = images.size();
    int pixels = size * size;
    List<PredictedMaps> maps = new ArrayList<>();
    for (int done = 0; done < count; done += batch) {
      StepOutputs outputs = network.run(images.images(first + done, batch), batch, 3, size, size);
      float[] probabilities = outputs.floats(SemiMoeGraphs.PROBABILITIES);
      float[] distances = outputs.floats(SemiMoeGraphs.DISTANCE);
      for (int i = 0; i < batch && done + i < count; i++) {
        Path image = images.sample(first + done + i).image();
        maps.add(
            new PredictedMaps(
                map(probabilities, (2 * i + 1) * pixels, size, image, epochs),
                map(distances, i * pixels, size, image, epochs)));
      }
    }
    return maps;
  }

  private static FloatMap map(float[] values, int from, int size, Path image, int epochs) {
    float[] map = Arrays.copyOfRange(values, from, from + size * size);
    for (float value : map) {
      if (!Float.isFinite(value)) {
        throw new DivergenceException(epochs, image);
      }
    }
    return new FloatMap(size, size, map);
  }
}
