package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.network.Task;
import io.semimoe.loss.SemiMoeObjective;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The training graph of a whole network: its gradients against the loss along directions in
 * parameter space, and what flows where in a labelled and in an unlabelled pass.
 *
 * <p>The loss is only piecewise smooth and is computed in float32, so parameters and images are
 * chosen that leave its derivative measurable: biases around 3 before ReLU, so that few activations
 * cross its kink, gates that are not saturated, and images that show what the targets mark.
 * Non-square images, two batches of odd size in a pass, each normalised by itself, and dropout are
 * in it. In a labelled pass all images are labelled, in an unlabelled one none is.
 */
@Tag(TestDevice.TAG)
class WholeNetworkTest {
  private static final long SEED = 20261122;
  private static final int HEIGHT = 32;
  private static final int WIDTH = 48;
  private static final int BATCH = 3;
  private static final int BATCHES = 2;
  private static final int IMAGES = BATCHES * BATCH;
  private static final TrainingDesign DESIGN =
      new TrainingDesign(
          new NetworkSpec(4, BATCH, HEIGHT, WIDTH),
          BATCHES,
          0.1,
          new Optimizer.Sgd(0.9, 5e-5),
          false);

  /** Different for each task, for experts and for gates, so that a swap shows. */
  private static final float[] LABELLED = {0.37f, 0.21f, 0.53f, 0.29f, 0.41f, 0.17f};

  private static final float[] UNLABELLED = {0.37f, 0.21f, 0.53f, 0, 0, 0};

  private static final Map<String, float[]> BASE = new HashMap<>();
  private static List<Variable> parameters;
  private static GraphRunner runner;
  private static Map<String, float[]> labelled;
  private static Map<String, float[]> unlabelled;

  @BeforeAll
  static void runBothPasses() {
    Graph graph = SemiMoeGraphs.training(DESIGN, true);
    Random random = new Random(SEED);
    graph
        .inputs()
        .forEach(v -> BASE.put(v.name(), new float[Math.toIntExact(v.type().shape().elements())]));
    graph.states().forEach(state -> BASE.put(state.name(), state.initialValues(SEED)));
    parameters = graph.parameters();
    parameters.forEach(p -> BASE.put(p.name(), smoothPoint(p, random)));
    fill(BASE.get(SemiMoeGraphs.DROPOUT), () -> random.nextFloat() < 0.1 ? 0 : 1 / 0.9);
    drawDiscs(random);
    runner = GraphRunner.open(graph);
    centerLogits();
    labelled = runner.run(pass(false, LABELLED));
    unlabelled = runner.run(pass(true, UNLABELLED));
  }

  @AfterAll
  static void close() {
    runner.close();
  }

  @Test
  void theLossFollowsTheGradientsAlongRandomDirections() {
    double step = 3e-3;
    Random random = new Random(SEED);
    for (int k = 0; k < 10; k++) {
      Map<String, float[]> direction = new HashMap<>();
      double product = 0;
      double square = 0;
      for (Variable p : parameters) {
        float[] gradient = labelled.get("gradient." + p.name());
        float size = (float) (norm(BASE.get(p.name())) / Math.sqrt(gradient.length));
        float[] u = new float[gradient.length];
        fill(u, () -> random.nextBoolean() ? size : -size);
        direction.put(p.name(), u);
        for (int i = 0; i < u.length; i++) {
          product += (double) gradient[i] * u[i];
          square += Math.pow((double) gradient[i] * u[i], 2);
        }
      }
      // The root of the sum of squares is what the product of gradient and direction typically is.
      assertThat(change(direction, step) / step)
          .as("direction %s", k)
          .isCloseTo(product, within(1e-2 * Math.sqrt(square)));
    }
  }

  /** Along its own gradient, since most single parameters move the loss too little elsewhere. */
  @Test
  void theLossFollowsTheGradientOfEachParameter() {
    SoftAssertions softly = new SoftAssertions();
    int measurable = 0;
    for (Variable p : parameters) {
      float[] gradient = labelled.get("gradient." + p.name());
      double norm = norm(gradient);
      double step = Math.min(1e-5 / norm, 0.05 * Math.max(1, norm(BASE.get(p.name()))));
      float[] u = new float[gradient.length];
      for (int i = 0; i < u.length; i++) {
        u[i] = (float) (gradient[i] / norm);
      }
      double expected = norm * step;
      measurable += expected > 4e-6 ? 1 : 0;
      softly
          .assertThat(change(Map.of(p.name(), u), step))
          .as("change of the loss along the gradient of %s", p.name())
          .isCloseTo(expected, within(0.05 * expected + 3e-7));
    }
    softly
        .assertThat(measurable)
        .as("parameters, of %s, whose effect exceeds ten times the rounding", parameters.size())
        .isGreaterThan(parameters.size() * 9 / 10);
    softly.assertAll();
  }

  @Test
  void anUnlabelledPassGivesTheGatesNoGradientAtAll() {
    for (Variable p : parameters) {
      float[] gradient = unlabelled.get("gradient." + p.name());
      if (p.name().startsWith("gating.")) {
        assertThat(gradient).as(p.name()).containsOnly(0);
      } else {
        assertThat(norm(gradient)).as(p.name()).isGreaterThan(1e-7);
      }
    }
  }

  @Test
  void aLabelledPassGivesEveryParameterAGradient() {
    assertThat(parameters.stream().filter(p -> p.name().startsWith("gating."))).hasSize(24);
    for (Variable p : parameters) {
      assertThat(norm(labelled.get("gradient." + p.name()))).as(p.name()).isGreaterThan(1e-7);
    }
  }

  @Test
  void pseudoLabelsAreTheOutputsOfTheGatesInTheSamePass() {
    assertThat(unlabelled.get("pseudo." + Task.SEGMENTATION.text()))
        .contains(0, 1)
        .isEqualTo(argMax(unlabelled.get("gate." + Task.SEGMENTATION.text())));
    assertThat(unlabelled.get("pseudo." + Task.BOUNDARY.text()))
        .contains(0, 1)
        .isEqualTo(argMax(unlabelled.get("gate." + Task.BOUNDARY.text())));
    float[] field = unlabelled.get("pseudo." + Task.DISTANCE.text());
    float[] logits = unlabelled.get("gate." + Task.DISTANCE.text());
    for (int i = 0; i < field.length; i++) {
      assertThat((double) field[i]).isCloseTo(Math.tanh(logits[i]), within(1e-6));
    }
  }

  /** With the labels held fixed, so nothing of them is differentiated. */
  @Test
  void anUnlabelledPassIsALabelledOneOnItsPseudoLabels() {
    Map<String, float[]> inputs = pass(false, UNLABELLED);
    inputs.put(SemiMoeObjective.MASK, unlabelled.get("pseudo." + Task.SEGMENTATION.text()));
    inputs.put(SemiMoeObjective.FIELD, unlabelled.get("pseudo." + Task.DISTANCE.text()));
    inputs.put(SemiMoeObjective.BOUNDARY, unlabelled.get("pseudo." + Task.BOUNDARY.text()));

    Map<String, float[]> found = runner.run(inputs);

    checkSame(SemiMoeObjective.LOSSES, found);
    for (Variable p : parameters) {
      checkSame("gradient." + p.name(), found);
    }
  }

  /** To the bit; on a GPU, whose sums have no fixed order, up to rounding. */
  private static void checkSame(String output, Map<String, float[]> found) {
    float[] expected = unlabelled.get(output);
    if (TestDevice.cuda().isEmpty()) {
      assertThat(found.get(output)).as(output).isEqualTo(expected);
    } else {
      assertThat(Distances.norm(found.get(output), expected))
          .as(output)
          .isLessThanOrEqualTo(1e-4 * Distances.norm(expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void eachLossIsThatOfItsLogitsAndItsTarget(Task task) {
    LossFormula formula = LossFormula.of(task);
    float[] truth = target(task, BASE.get(input(task)));
    float[] pseudoLabel = target(task, unlabelled.get("pseudo." + task.text()));
    checkLoss(formula, labelled, "expert", task, truth);
    checkLoss(formula, labelled, "gate", task, truth);
    checkLoss(formula, unlabelled, "expert", task, pseudoLabel);
  }

  private static void checkLoss(
      LossFormula formula, Map<String, float[]> pass, String part, Task task, float[] target) {
    float[] logits = pass.get(part + "." + task.text());
    double[] x = new double[logits.length];
    Arrays.setAll(x, i -> logits[i]);
    int index = Arrays.asList(Task.values()).indexOf(task) + (part.equals("gate") ? 3 : 0);
    assertThat(mean(pass.get(SemiMoeObjective.LOSSES), index))
        .as("%s %s", part, task)
        .isCloseTo(formula.value(x, target, IMAGES), within(1e-6));
  }

  private static String input(Task task) {
    return switch (task) {
      case SEGMENTATION -> SemiMoeObjective.MASK;
      case DISTANCE -> SemiMoeObjective.FIELD;
      case BOUNDARY -> SemiMoeObjective.BOUNDARY;
    };
  }

  /** One-hot for the tasks of two classes. */
  private static float[] target(Task task, float[] map) {
    if (task == Task.DISTANCE) {
      return map;
    }
    int pixels = HEIGHT * WIDTH;
    float[] oneHot = new float[2 * map.length];
    for (int i = 0; i < map.length; i++) {
      oneHot[background(i) + (map[i] > 0 ? pixels : 0)] = 1;
    }
    return oneHot;
  }

  private static float[] argMax(float[] logits) {
    float[] classes = new float[logits.length / 2];
    for (int i = 0; i < classes.length; i++) {
      int background = background(i);
      classes[i] = logits[background + HEIGHT * WIDTH] > logits[background] ? 1 : 0;
    }
    return classes;
  }

  /** Half the difference of the labelled loss a step forward and a step back. */
  private static double change(Map<String, float[]> direction, double step) {
    return (total(direction, step) - total(direction, -step)) / 2;
  }

  private static double total(Map<String, float[]> direction, double step) {
    Map<String, float[]> inputs = pass(false, LABELLED);
    direction.forEach(
        (name, u) -> {
          float[] values = BASE.get(name).clone();
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (step * u[i]);
          }
          inputs.put(name, values);
        });
    float[] losses = runner.run(inputs).get(SemiMoeObjective.LOSSES);
    double total = 0;
    for (int i = 0; i < LABELLED.length; i++) {
      total += LABELLED[i] * mean(losses, i);
    }
    return total;
  }

  /** Mean over the images of one of the six losses. */
  private static double mean(float[] losses, int index) {
    double sum = 0;
    for (int i = index; i < losses.length; i += LABELLED.length) {
      sum += losses[i];
    }
    return sum / IMAGES;
  }

  private static Map<String, float[]> pass(boolean pseudoLabels, float[] weights) {
    Map<String, float[]> inputs = new HashMap<>(BASE);
    float[] flags = new float[IMAGES];
    Arrays.fill(flags, pseudoLabels ? 1 : 0);
    inputs.put(SemiMoeObjective.USE_PSEUDO_LABELS, flags);
    float[] ofImages = new float[IMAGES * weights.length];
    for (int i = 0; i < ofImages.length; i++) {
      ofImages[i] = weights[i % weights.length] / IMAGES;
    }
    inputs.put(SemiMoeObjective.LOSS_WEIGHTS, ofImages);
    return inputs;
  }

  /** Shifts the biases of the gates so that half of the pixels are foreground. */
  private static void centerLogits() {
    Map<String, float[]> outputs = runner.run(pass(false, LABELLED));
    for (Task task : List.of(Task.SEGMENTATION, Task.BOUNDARY)) {
      float[] logits = outputs.get("gate." + task.text());
      float[] differences = new float[logits.length / 2];
      for (int i = 0; i < differences.length; i++) {
        int background = background(i);
        differences[i] = logits[background + HEIGHT * WIDTH] - logits[background];
      }
      Arrays.sort(differences);
      BASE.get("gating." + task.text() + ".head.bias")[1] -= differences[differences.length / 2];
    }
  }

  /** Position, in a map of two channels, of the background of a pixel in a map of one. */
  private static int background(int pixel) {
    int pixels = HEIGHT * WIDTH;
    return pixel / pixels * 2 * pixels + pixel % pixels;
  }

  private static float[] smoothPoint(Variable parameter, Random random) {
    float[] values = parameter.initialValues(SEED).clone();
    boolean beforeRelu =
        Stream.of(".bn.bias", ".squeeze.bias").anyMatch(parameter.name()::endsWith);
    float shift = beforeRelu ? 3 : 0;
    float scale = parameter.name().startsWith("gating.") ? 0.4f : 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (values[i] + 0.1f * (float) random.nextGaussian()) + shift;
    }
    return values;
  }

  /** Fills images and targets: a disc per image, in colours under noise. */
  private static void drawDiscs(Random random) {
    int pixels = HEIGHT * WIDTH;
    for (int n = 0; n < IMAGES; n++) {
      double x = 12 + random.nextInt(24);
      double y = 10 + random.nextInt(12);
      double radius = 6 + n;
      for (int i = 0; i < pixels; i++) {
        int row = i / WIDTH;
        double depth = radius - Math.hypot(i % WIDTH - x, row - y);
        BASE.get(SemiMoeObjective.MASK)[n * pixels + i] = depth > 0 ? 1 : 0;
        BASE.get(SemiMoeObjective.FIELD)[n * pixels + i] = (float) Math.tanh(depth / 8);
        BASE.get(SemiMoeObjective.BOUNDARY)[n * pixels + i] = depth > -2 && depth <= 0 ? 1 : 0;
        for (int c = 0; c < 3; c++) {
          BASE.get(SemiMoeGraphs.IMAGE)[(3 * n + c) * pixels + i] =
              (float) ((depth > 0 ? c : -1) + 0.5 * random.nextGaussian());
        }
      }
    }
  }

  private static void fill(float[] values, DoubleSupplier source) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) source.getAsDouble();
    }
  }

  private static double norm(float[] values) {
    return Distances.norm(values);
  }
}
