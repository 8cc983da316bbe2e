package io.semimoe.verification.benchmark;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Operators;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.training.runtime.NativeLibraries;
import io.semimoe.training.runtime.SessionSettings;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where the time of a training iteration goes, by operator and by layer, against what its
 * floating-point operations would take at the rate of a large matrix product on this machine.
 *
 * <p>Arguments: width, size of the images, threads, iterations; see docs/performance.md.
 */
public final class IterationProfile {
  private static final int WARM_UP = 3;
  private static final int LINES = 25;

  /** Time, operations and bytes of one line of a table, over all iterations. */
  private static final class Sum {
    private double milliseconds;
    private double operations;
    private double bytes;
    private int calls;
  }

  private final Map<String, Sum> byOperator = new HashMap<>();
  private final Map<String, Sum> byLayer = new HashMap<>();
  private final Sum total = new Sum();

  private IterationProfile() {}

  /** Prints the tables. */
  public static void main(String[] arguments) throws Exception {
    int[] a = {16, 128, Runtime.getRuntime().availableProcessors(), 10};
    for (int i = 0; i < Math.min(a.length, arguments.length); i++) {
      a[i] = Integer.parseInt(arguments[i]);
    }
    Path folder = Files.createTempDirectory("semi-moe-profile");
    SessionSettings settings =
        new SessionSettings(
            a[2], false, OptionalInt.empty(), false, Optional.of(folder.resolve("run")));
    double[] wall = new double[a[3]];
    try (SyntheticTraining training = SyntheticTraining.open(a[0], a[1], settings)) {
      for (int i = -WARM_UP; i < a[3]; i++) {
        long start = System.nanoTime();
        training.iterate();
        if (i >= 0) {
          wall[i] = (System.nanoTime() - start) * 1e-6;
        }
      }
    }
    IterationProfile profile = new IterationProfile();
    profile.read(largest(folder));
    profile.print(System.out, a, wall, matrixRate(a[2]));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The file of the training model is the largest; the others hold no runs. */
  private static Path largest(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.max(Comparator.comparingLong(f -> f.toFile().length())).orElseThrow();
    }
  }

  private void read(Path file) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    new ObjectMapper().readTree(file.toFile()).forEach(events::add);
    long[] runs =
        events.stream()
            .filter(e -> e.path("name").asText().equals("model_run"))
            .mapToLong(e -> e.path("ts").asLong())
            .sorted()
            .toArray();
    for (JsonNode event : events) {
      // Two passes an iteration.
      if (event.path("name").asText().endsWith("_kernel_time")
          && event.path("ts").asLong() >= runs[2 * WARM_UP]) {
        add(event);
      }
    }
  }

  private void add(JsonNode event) {
    JsonNode arguments = event.path("args");
    String name = event.path("name").asText().replace("_kernel_time", "");
    String operator = arguments.path("op_name").asText();
    List<long[]> inputs = new ArrayList<>();
    for (JsonNode input : arguments.path("input_type_shape")) {
      inputs.add(shape(input.elements().next()));
    }
    double operations = 0;
    if (operator.equals("Conv")) {
      long[] x = inputs.get(0);
      long[] w = inputs.get(1);
      JsonNode output = arguments.path("output_type_shape").path(0);
      long[] y = output.isMissingNode() ? x : shape(output.elements().next());
      operations = 2.0 * y[0] * y[1] * y[2] * y[3] * w[1] * w[2] * w[3];
      operator += w[2] > 7 ? " (weight gradient)" : " " + w[2] + "x" + w[3];
    } else if (operator.equals("ConvGrad")) {
      long[] dY = inputs.get(0);
      operations =
          2.0 * dY[0] * dY[2] * dY[3] * Arrays.stream(inputs.get(2)).reduce(1, (p, q) -> p * q);
    }
    double bytes =
        arguments.path("activation_size").asDouble()
            + arguments.path("parameter_size").asDouble()
            + arguments.path("output_size").asDouble();
    String layer = name.replaceFirst("^((?:[a-z0-9_]+\\.)*).*$", "$1");
    for (Sum sum :
        List.of(
            byOperator.computeIfAbsent(operator, k -> new Sum()),
            byLayer.computeIfAbsent(layer.isEmpty() ? "(others)" : layer, k -> new Sum()),
            total)) {
      sum.milliseconds += event.path("dur").asDouble() * 1e-3;
      sum.operations += operations;
      sum.bytes += bytes;
      sum.calls++;
    }
  }

  private static long[] shape(JsonNode dimensions) {
    long[] shape = new long[dimensions.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dimensions.get(i).asLong();
    }
    return shape;
  }

  private void print(PrintStream out, int[] a, double[] wall, double rate) {
    Arrays.sort(wall);
    out.printf(
        "width %d, %d x %d, batch 2 + 2, %d threads: median %.0f ms an iteration of %d%n",
        a[0], a[1], a[1], a[2], wall[wall.length / 2], wall.length);
    out.printf(
        "convolutions: %.1f GFLOP an iteration; %.0f GFLOP/s in a matrix product: at least %.0f ms%n",
        total.operations * 1e-9 / a[3], rate, total.operations * 1e-6 / a[3] / rate);
    table(out, "operator", byOperator, a[3]);
    table(out, "layer", byLayer, a[3]);
  }

  private void table(PrintStream out, String title, Map<String, Sum> sums, int iterations) {
    out.printf("%n%-40s %8s %9s %6s %9s %7s%n", title, "calls", "ms", "%", "GFLOP/s", "GB/s");
    sums.entrySet().stream()
        .sorted(Comparator.comparingDouble(e -> -e.getValue().milliseconds))
        .limit(LINES)
        .forEach(
            e -> {
              Sum s = e.getValue();
              out.printf(
                  "%-40s %8d %9.1f %6.1f %9.0f %7.1f%n",
                  e.getKey(),
                  s.calls / iterations,
                  s.milliseconds / iterations,
                  100 * s.milliseconds / total.milliseconds,
                  s.operations * 1e-6 / s.milliseconds,
                  s.bytes * 1e-6 / s.milliseconds);
            });
  }

  /** Returns GFLOP/s of the product of two matrices of 2048 × 2048, the median of nine. */
  private static double matrixRate(int threads) throws Exception {
    int n = 2048;
    TensorType type = TensorType.floats(Shape.of(n, n));
    Graph graph = new Graph();
    graph.output("c", Operators.matMul(graph.input("a", type), graph.input("b", type)));
    ModelProto model = OnnxModel.withVariablesAsInputs("product", graph, List.of());
    OrtEnvironment environment = NativeLibraries.load().environment();
    double[] seconds = new double[9];
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      try (OrtSession session = environment.createSession(model.toByteArray(), options);
          OnnxTensor ones =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(new float[n * n]), new long[] {n, n})) {
        for (int i = 0; i < seconds.length; i++) {
          long start = System.nanoTime();
          session.run(Map.of("a", ones, "b", ones)).close();
          seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
      }
    }
    Arrays.sort(seconds);
    return 2.0 * n * n * n / seconds[seconds.length / 2] * 1e-9;
  }
}
