package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.evaluation.Metric;
import io.semimoe.training.evaluation.MetricNames;
import io.semimoe.training.evaluation.ObjectMetrics;
import io.semimoe.training.evaluation.ObjectTally;
import io.semimoe.training.loop.Evaluator;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The separated objects that an evaluation scores are those that {@code predict} writes. */
class SeparatedObjectsTest {
  /** The exported model normalises in its graph: its numbers differ in rounding. */
  private static final double TOLERANCE = 1e-3;

  @TempDir private Path folder;

  @Test
  void areThoseOfPredict() throws Exception {
    Path split =
        SyntheticDataset.write(
            folder.resolve("data"),
            new SyntheticImageSettings(150, 130, 7),
            new SyntheticDataset.Counts(12, 12, 0, 8));
    TrainingConfiguration configuration =
        SmallTraining.configuration(
            split, List.of("epochs=12", "network.size=64", "evaluation.everyEpochs=12"));
    RunFolder run = SmallTraining.train(configuration, folder.resolve("run"));
    ModelExport.write(configuration, run.latestCheckpoint(), run.export());
    List<Sample> samples = RunData.forEvaluation(configuration).test();

    Map<String, Double> metrics =
        Evaluator.evaluate(configuration, run.latestCheckpoint(), Map.of("test", samples))
            .metrics()
            .get("test");
    ObjectTally written = written(run, samples);

    assertThat(written.truePositives()).isPositive();
    expect(metrics, Metric.OBJECT_TRUE_POSITIVES, (double) written.truePositives());
    expect(metrics, Metric.OBJECT_FALSE_POSITIVES, (double) written.falsePositives());
    expect(metrics, Metric.OBJECT_FALSE_NEGATIVES, (double) written.falseNegatives());
    expect(metrics, Metric.POOLED_OBJECT_F1, written.f1());
    expect(metrics, Metric.POOLED_OBJECT_DICE, written.dice());
    expect(metrics, Metric.POOLED_OBJECT_HAUSDORFF, written.hausdorff());
    assertThat(metrics.get(MetricNames.atOriginal(Metric.POOLED_OBJECT_F1.text())))
        .as("components are others")
        .isLessThan(written.f1() - 0.05);
  }

  private static void expect(Map<String, Double> metrics, Metric metric, double value) {
    String name = MetricNames.atOriginal(MetricNames.ofSeparated(metric.text()));
    assertThat(metrics.get(name)).as(name).isCloseTo(value, within(TOLERANCE * Math.max(1, value)));
  }

  /** Compares what {@code predict} writes for the samples with their masks. */
  private ObjectTally written(RunFolder run, List<Sample> samples) throws Exception {
    Path output = folder.resolve("predictions");
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                "-m",
                run.export().resolve("model.onnx"),
                "-o",
                output,
                "--write",
                "labels"));
    samples.forEach(sample -> arguments.add(sample.image()));
    ProgramRun predict = ProgramRun.of(arguments);
    assertThat(predict.exitCode()).as(predict.err()).isZero();
    ObjectTally tally = ObjectTally.NONE;
    for (Sample sample : samples) {
      tally =
          tally.plus(
              ObjectMetrics.compare(
                  MaskFiles.read(output.resolve(sample.name() + "_labels.tif")),
                  MaskFiles.read(sample.mask().orElseThrow())));
    }
    return tally;
  }
}
