package io.semimoe.verification.benchmark;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Operators;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.verification.RuntimeProfile;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Where the time of a training iteration goes, by operator, by layer and by what ran it, against
 * what its floating-point operations would take at the rate of a large matrix product on this
 * machine's processor; see docs/performance.md.
 *
 * <p>A GPU works on its own while the runtime goes on, so times are those of the calls, unless the
 * environment holds {@code CUDA_LAUNCH_BLOCKING=1}.
 */
@Command(name = "IterationProfile", description = "Shows where the time of an iteration goes.")
public final class IterationProfile implements Callable<Integer> {
  private static final int LINES = 25;

  /** Time, operations and bytes of one line of a table, over all iterations. */
  private static final class Sum {
    private double milliseconds;
    private double operations;
    private double bytes;
    private int calls;
  }

  @Mixin private IterationOptions options;

  private final Map<String, Sum> byOperator = new HashMap<>();
  private final Map<String, Sum> byLayer = new HashMap<>();
  private final Map<String, Sum> byProvider = new HashMap<>();
  private final Sum total = new Sum();

  private IterationProfile() {}

  /** Prints the tables. */
  public static void main(String[] arguments) {
    IterationOptions.run(new IterationProfile(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("semi-moe-profile");
    double[] wall;
    try (SyntheticTraining training = options.open(Optional.of(folder.resolve("run")))) {
      wall = options.time(training);
    }
    new RuntimeProfile(folder).nodes(options.warmUp, options.iterations).forEach(this::add);
    print(System.out, wall);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    return 0;
  }

  private void add(JsonNode event) {
    JsonNode arguments = event.path("args");
    String name = event.path("name").asText().replace("_kernel_time", "");
    String operator = RuntimeProfile.operator(event);
    if (operator.equals("Conv")) {
      long[] w = RuntimeProfile.inputShapes(event).get(1);
      operator += w[2] > 7 ? " (weight gradient)" : " " + w[2] + "x" + w[3];
    }
    double operations = operations(event);
    double bytes =
        arguments.path("activation_size").asDouble()
            + arguments.path("parameter_size").asDouble()
            + arguments.path("output_size").asDouble();
    String layer = name.replaceFirst("^((?:[a-z0-9_]+\\.)*).*$", "$1");
    for (Sum sum :
        List.of(
            byOperator.computeIfAbsent(operator, k -> new Sum()),
            byProvider.computeIfAbsent(RuntimeProfile.provider(event), k -> new Sum()),
            byLayer.computeIfAbsent(layer.isEmpty() ? "(others)" : layer, k -> new Sum()),
            total)) {
      sum.milliseconds += event.path("dur").asDouble() * 1e-3;
      sum.operations += operations;
      sum.bytes += bytes;
      sum.calls++;
    }
  }

  /**
   * Returns the floating-point operations of a node: a multiplication and an addition for each
   * product of a convolution, and as many for each gradient that a node of the gradients returns; 0
   * for other operators.
   */
  static double operations(JsonNode event) {
    List<long[]> inputs = RuntimeProfile.inputShapes(event);
    List<long[]> outputs = RuntimeProfile.outputShapes(event);
    return switch (RuntimeProfile.operator(event)) {
      case "Conv" -> {
        long[] y = outputs.isEmpty() ? inputs.get(0) : outputs.get(0);
        yield products(y, inputs.get(1));
      }
      case "ConvGrad" -> {
        // The gradient of a bias, of one dimension, costs nothing beside them.
        long gradients = outputs.stream().filter(shape -> shape.length > 1).count();
        yield gradients * products(inputs.get(0), inputs.get(2));
      }
      default -> 0;
    };
  }

  /** Of a convolution with a result [N, M, H, W] and weights [M, C, h, w]. */
  private static double products(long[] y, long[] w) {
    return 2.0 * y[0] * y[1] * y[2] * y[3] * w[1] * w[2] * w[3];
  }

  private void print(PrintStream out, double[] wall) throws Exception {
    Arrays.sort(wall);
    out.printf(
        "width %d, %d x %d, batch %d + %d, %s, %d threads: median %.0f ms an iteration of %d%n",
        options.width,
        options.size,
        options.size,
        options.batch,
        options.batch,
        options.device,
        options.threadsOrProcessors(),
        wall[wall.length / 2],
        wall.length);
    out.printf("convolutions: %.1f GFLOP an iteration", total.operations * 1e-9 / wall.length);
    if (options.device.cuda().isEmpty()) {
      double rate = matrixRate(options.threadsOrProcessors());
      out.printf(
          "; %.0f GFLOP/s in a matrix product: at least %.0f ms",
          rate, total.operations * 1e-6 / wall.length / rate);
    } else if (!"1".equals(System.getenv("CUDA_LAUNCH_BLOCKING"))) {
      out.print("; times are of the calls, set CUDA_LAUNCH_BLOCKING=1 for those of the kernels");
    }
    out.println();
    table(out, "provider", byProvider, wall.length);
    table(out, "operator", byOperator, wall.length);
    table(out, "layer", byLayer, wall.length);
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
