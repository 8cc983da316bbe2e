package io.semimoe.verification.benchmark;

import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.training.artifact.InferenceModels;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One tile from RGB pixels to all maps of the result, in the stock ONNX Runtime. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 3)
public class TileInferenceBenchmark {

  /** Channels of the first level. */
  @Param({"16", "64"})
  public int width;

  /** Height and width of the tile. */
  @Param({"128", "256"})
  public int size;

  /** Threads of one run. */
  @Param({"1", "2"})
  public int threads;

  private Segmenter segmenter;
  private RgbImage tile;

  /** Exports an untrained network and opens it. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    tile = SyntheticGlands.generate(new SyntheticImageSettings(size, size, 1), 0).image();
    Path file = Files.createTempFile("semi-moe-benchmark", ".onnx");
    try {
      write(file);
      segmenter = Segmenter.open(file, SegmenterOptions.builder().threads(threads).build());
    } finally {
      Files.delete(file);
    }
  }

  private void write(Path file) throws Exception {
    NetworkSpec network = new NetworkSpec(width, 1, size, size);
    TrainingDesign design = new TrainingDesign(network, 1, 0, new Optimizer.Sgd(0.9, 5e-5), false);
    ModelDescription description =
        new ModelDescription(
            List.of("background", "gland"),
            size,
            NetworkSpec.MULTIPLE,
            "benchmark",
            0.5f,
            width,
            ModelDescription.Prediction.RESIZE,
            Map.of(),
            Map.of(),
            OptionalDouble.empty());
    InferenceModels models =
        new InferenceModels(
            network,
            Normalization.GLAS,
            initialValues(SemiMoeGraphs.training(design)),
            description.toMetadata());
    try (OutputStream out = Files.newOutputStream(file)) {
      models.dynamic().writeTo(out);
    }
  }

  private static Function<String, float[]> initialValues(Graph graph) {
    Map<String, Variable> variables = new HashMap<>();
    graph.parameters().forEach(v -> variables.put(v.name(), v));
    graph.states().forEach(v -> variables.put(v.name(), v));
    return name -> variables.get(name).initialValues(1);
  }

  /** Segments the tile. */
  @Benchmark
  public Segmentation segment() {
    return segmenter.segment(tile);
  }

  /** Closes the model. */
  @TearDown(Level.Trial)
  public void close() {
    segmenter.close();
  }
}
