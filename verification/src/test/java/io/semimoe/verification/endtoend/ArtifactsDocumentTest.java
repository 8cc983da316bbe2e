package io.semimoe.verification.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import com.google.common.primitives.Longs;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.op.ElementType;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.Feed;
import io.semimoe.training.runtime.InputSpec;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.StepOutputs;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code docs/artifacts.md} to a run: its tables to the models, and its example, with nothing
 * but ONNX Runtime on the class path, to what this project computes from the same files.
 */
class ArtifactsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "artifacts.md");
  private static final String EXAMPLE = "OneIteration";

  /**
   * Line of the losses to which the rounding of gradients adds, at a kink of ReLU or pooling too: 5
   * % of the most that the step changes.
   */
  private static final int AFTER_THE_STEP = 1;

  /**
   * What the losses of an unlabelled image may change by then, since a pseudo-label that rounding
   * turns over counts as a whole: two pixels of the image's.
   */
  private static final double TURNED_OVER = 2.0 / (SmallTraining.SIZE * SmallTraining.SIZE);

  /** Losses of an image. */
  private static final int LOSSES = 6;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
  private static final Pattern OF_THE_RUNTIME =
      Pattern.compile("lazy_reset_grad|.+_grad\\.accumulation\\.(buffer|out)");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_.]+)` \\| (float32|bool) \\[(.*?)] \\|.*");

  /** The sizes of a small training: width 4, batches of 2, both in one pass. */
  private static final Map<String, Long> SIZES =
      Map.of(
          "N", 2L,
          "B", 4L,
          "H", (long) SmallTraining.SIZE,
          "W", (long) SmallTraining.SIZE,
          "3·⌊3w/2⌋", 18L);

  @TempDir private static Path folder;

  private static RunFolder run;
  private static String text;

  @BeforeAll
  static void train() throws Exception {
    Path split = SmallTraining.writeData(folder.resolve("data"));
    TrainingConfiguration configuration = SmallTraining.configuration(split, List.of("epochs=1"));
    run = SmallTraining.train(configuration, folder.resolve("run"));
    text = Files.readString(DOCUMENT, UTF_8);
  }

  @Test
  void theTablesTellTheInputsAndOutputsOfBothModels() throws Exception {
    List<InputSpec> trainInputs = rows("| input of `training_model.onnx` |");
    List<InputSpec> trainOutputs = rows("| output of `training_model.onnx` |");
    List<InputSpec> evalOutputs = rows("| output of `eval_model.onnx` |");
    assertThat(Stream.of(trainInputs, trainOutputs).flatMap(List::stream).map(InputSpec::toString))
        .containsExactlyElementsOf(declared("training_model.onnx"));
    assertThat(Stream.of(evalInputs(), evalOutputs).flatMap(List::stream).map(InputSpec::toString))
        .containsExactlyElementsOf(declared("eval_model.onnx"));
    try (TrainingSession session = open()) {
      assertThat(session.trainInputs()).isEqualTo(trainInputs);
      StepOutputs pass = session.trainStep(feeds(session));
      trainOutputs.forEach(row -> assertThat(pass.floats(row.name())).hasSize(elements(row)));
      StepOutputs evaluation = session.evalStep(image());
      evalOutputs.forEach(row -> assertThat(evaluation.floats(row.name())).hasSize(elements(row)));
    }
  }

  /** Returns what a model declares, but for what the runtime keeps to itself. */
  private static List<String> declared(String model) throws Exception {
    Checkpoint checkpoint = CheckpointFile.read(run.latestCheckpoint());
    Set<String> tensors =
        Stream.of(checkpoint.parameters(), checkpoint.states())
            .flatMap(List::stream)
            .map(CheckpointTensor::name)
            .collect(toSet());
    byte[] content = Files.readAllBytes(run.checkpoints().resolve(model));
    return DeclaredTypes.atTheEnds(ModelProto.parseFrom(content)).entrySet().stream()
        .filter(value -> !tensors.contains(value.getKey()))
        .filter(value -> !OF_THE_RUNTIME.matcher(value.getKey()).matches())
        .map(value -> value.getKey() + " " + value.getValue())
        .toList();
  }

  @Test
  void theExampleTrainsWithNothingButOnnxRuntime() throws Exception {
    List<String> expected = new ArrayList<>();
    float[] before;
    float[] after;
    try (TrainingSession session = open()) {
      session.lazyResetGrad();
      before = losses(session);
      session.setLearningRate(0.01f);
      session.optimizerStep();
      after = losses(session);
      int glandOfFirstPixel = SmallTraining.SIZE * SmallTraining.SIZE;
      float gland = session.evalStep(image()).floats("probabilities")[glandOfFirstPixel];
      expected.add("before the step: " + byImage(before));
      expected.add("after the step: " + byImage(after));
      expected.add("gland in the first pixel: " + gland);
    }
    assertThat(after).isNotEqualTo(before);
    assertThat(String.join("", expected)).doesNotContain("NaN", "Infinity");

    ProgramRun example = runExample();

    assertThat(example.exitCode()).as(example.err()).isZero();
    List<String> printed = example.out().lines().toList();
    assertThat(withoutNumbers(printed)).isEqualTo(withoutNumbers(expected));
    double rounding =
        IntStream.range(0, after.length)
            .mapToDouble(i -> 0.05 * Math.abs(after[i] - before[i]))
            .max()
            .orElseThrow();
    // The example runs the artifacts as they are, the session a copy that suits the processor.
    for (int line = 0; line < printed.size(); line++) {
      List<Double> found = numbers(printed.subList(line, line + 1));
      List<Double> numbers = numbers(expected.subList(line, line + 1));
      for (int i = 0; i < numbers.size(); i++) {
        double tolerance = 2e-5 + (line == AFTER_THE_STEP ? rounding + pseudoLabel(i) : 0);
        assertThat(found.get(i))
            .as(expected.get(line))
            .isCloseTo(numbers.get(i), within(tolerance));
      }
    }
  }

  private static double pseudoLabel(int loss) {
    boolean unlabelled = loss / LOSSES % 2 == 0;
    return unlabelled ? TURNED_OVER : 0;
  }

  private static String byImage(float[] losses) {
    return IntStream.range(0, losses.length / LOSSES)
        .mapToObj(image -> Arrays.copyOfRange(losses, image * LOSSES, (image + 1) * LOSSES))
        .map(Arrays::toString)
        .toList()
        .toString();
  }

  private static List<String> withoutNumbers(List<String> lines) {
    return lines.stream().map(line -> NUMBER.matcher(line).replaceAll("#")).toList();
  }

  private static List<Double> numbers(List<String> lines) {
    return lines.stream()
        .flatMap(line -> NUMBER.matcher(line).results())
        .map(result -> Double.valueOf(result.group()))
        .toList();
  }

  /** Compiles and runs the example in a process that finds its class and ONNX Runtime only. */
  private static ProgramRun runExample() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("example"));
    Path source = classes.resolve(EXAMPLE + ".java");
    Matcher code = CODE.matcher(text);
    assertThat(code.find()).as("a block of Java in %s", DOCUMENT).isTrue();
    Files.writeString(source, code.group(1), UTF_8);
    Path runtime =
        Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:all",
              "-Werror",
              "-cp",
              runtime.toString(),
              "-d",
              classes.toString());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return ChildJvm.start(
            folder,
            List.of("-Donnxruntime.native.path=" + NativeLibraries.load().directory()),
            classes + File.pathSeparator + runtime,
            EXAMPLE,
            run.checkpoints())
        .await();
  }

  private static TrainingSession open() throws Exception {
    return TrainingSession.open(run.checkpoints(), run.latestCheckpoint(), SessionSettings.cpu(1));
  }

  private static float[] losses(TrainingSession session) {
    return session.trainStep(feeds(session)).floats("losses");
  }

  /** Returns the numbers that the example feeds. */
  private static Map<String, Feed> feeds(TrainingSession session) {
    Map<String, Feed> feeds = new HashMap<>();
    for (InputSpec input : session.trainInputs()) {
      feeds.put(input.name(), feed(input));
    }
    return feeds;
  }

  private static Map<String, Feed> image() {
    return Map.of("image", feed(evalInputs().get(0)));
  }

  private static Feed feed(InputSpec input) {
    int images = Math.toIntExact(input.shape().get(0));
    if (input.type() == ElementType.BOOL) {
      boolean[] flags = new boolean[images];
      for (int image = 0; image < images; image += 2) {
        flags[image] = true;
      }
      return Feed.flags(flags, Longs.toArray(input.shape()));
    }
    int elements = elements(input);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      boolean labelled = i / (elements / images) % 2 == 1;
      values[i] =
          switch (input.name()) {
            case "image" -> i % 1009 * 421 % 1009 / 504f - 1;
            case "mask", "boundary" -> labelled ? i / 8 % 2 : 0;
            case "sdf" -> labelled ? i % 5 / 2f - 1 : 0;
            case "dropout" -> 1;
            case "loss_weights" -> labelled ? 0.25f : i % LOSSES < 3 ? 0.05f : 0;
            default -> throw new IllegalStateException("unexpected input " + input);
          };
    }
    return Feed.floats(values, Longs.toArray(input.shape()));
  }

  private static int elements(InputSpec tensor) {
    return Math.toIntExact(tensor.shape().stream().reduce(1L, Math::multiplyExact));
  }

  private static List<InputSpec> evalInputs() {
    return rows("| input of `eval_model.onnx` |");
  }

  /** Returns the rows of the table that begins so. */
  private static List<InputSpec> rows(String header) {
    List<String> lines = text.lines().dropWhile(line -> !line.startsWith(header)).skip(2).toList();
    return lines.stream().takeWhile(line -> line.startsWith("|")).map(line -> row(line)).toList();
  }

  private static InputSpec row(String line) {
    Matcher row = ROW.matcher(line);
    assertThat(row.matches()).as("a row of name, type and meaning: %s", line).isTrue();
    ElementType type = row.group(2).equals("bool") ? ElementType.BOOL : ElementType.FLOAT;
    List<Long> shape =
        Stream.of(row.group(3).split(", "))
            .filter(dim -> !dim.isEmpty())
            .map(dim -> SIZES.containsKey(dim) ? SIZES.get(dim) : Long.valueOf(dim))
            .toList();
    return new InputSpec(row.group(1), type, shape);
  }
}
