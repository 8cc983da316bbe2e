package io.semimoe.verification;

import static io.semimoe.graph.Operators.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.gradient.Gradients;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The losses, run in ONNX Runtime, against values computed by hand and against their formulas in
 * double; their gradients against difference quotients of the formulas.
 */
@Tag(TestDevice.TAG)
class LossValuesTest {
  private static final int SEEDS = 5;

  /** Two images of six pixels. */
  private static final Size HAND_COMPUTED = new Size(2, 2, 3);

  private record Size(int images, int height, int width) {
    int pixels() {
      return height * width;
    }

    int elements(LossFormula loss) {
      return images * loss.channels() * pixels();
    }
  }

  static Stream<Arguments> handComputed() {
    float[] even = new float[24];
    float[] allBackground = twoClasses(1, 0);
    float[] allForeground = twoClasses(0, 1);
    float[] surelyBackground = twoClasses(80, -80);
    float[] surelyForeground = twoClasses(-80, 80);
    LossFormula mask = LossFormula.SEGMENTATION;
    LossFormula boundary = LossFormula.BOUNDARY;
    LossFormula field = LossFormula.DISTANCE;
    return Stream.of(
        // P = 1/2: (2 · 3 + 1) / (6/4 + 6 + 1) for the class of all pixels, 1 / (6/4 + 1) for the
        // other one.
        arguments(mask, even, allBackground, 1 - (7 / 8.5 + 1 / 2.5) / 2),
        arguments(mask, even, allForeground, 1 - (7 / 8.5 + 1 / 2.5) / 2),
        arguments(mask, surelyBackground, allBackground, 0.0),
        arguments(mask, surelyForeground, allForeground, 0.0),
        // 1 / (6 + 1) for both classes.
        arguments(mask, surelyForeground, allBackground, 6 / 7.0),
        arguments(mask, surelyBackground, allForeground, 6 / 7.0),
        // P = 1/2: 2 · 3 / (3 + 6) for the class of all pixels, 0 / 3 for the other one, but for ε.
        arguments(boundary, even, allBackground, 2 / 3.0),
        arguments(boundary, even, allForeground, 2 / 3.0),
        // No boundary and none found: 1e-8 / 1e-8 is no loss.
        arguments(boundary, surelyBackground, allBackground, 0.0),
        arguments(boundary, surelyForeground, allForeground, 0.0),
        arguments(boundary, surelyForeground, allBackground, 1.0),
        arguments(boundary, surelyBackground, allForeground, 1.0),
        arguments(field, filled(12, 0), filled(12, 1), 1.0),
        arguments(field, filled(12, 80), filled(12, -1), 4.0),
        arguments(field, filled(12, -80), filled(12, -1), 0.0));
  }

  @ParameterizedTest
  @MethodSource("handComputed")
  void theValueIsTheOneComputedByHand(
      LossFormula loss, float[] logits, float[] target, double expected) {
    Map<String, float[]> found = run(loss, HAND_COMPUTED, logits, target);
    assertThat((double) found.get("loss")[0]).isCloseTo(expected, within(5e-7));
    assertThat(loss.value(doubles(logits), target, HAND_COMPUTED.images()))
        .isCloseTo(expected, within(1e-8));
  }

  @ParameterizedTest
  @MethodSource("handComputed")
  void theGradientIsFiniteAndThatOfTheFormula(LossFormula loss, float[] logits, float[] target) {
    checkGradient(loss, HAND_COMPUTED, logits, target, "hand-computed case");
  }

  static Stream<Arguments> sizes() {
    return Stream.of(LossFormula.values())
        .flatMap(
            loss ->
                Stream.of(HAND_COMPUTED, new Size(1, 5, 3), new Size(3, 4, 7), new Size(1, 1, 1))
                    .map(size -> arguments(loss, size)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theValueIsThatOfTheFormula(LossFormula loss, Size size) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      float[] logits = logits(loss, size, random);
      float[] target = target(loss, size, random);
      assertThat((double) run(loss, size, logits, target).get("loss")[0])
          .as("seed %s", seed)
          .isCloseTo(loss.value(doubles(logits), target, size.images()), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theGradientIsThatOfTheFormula(LossFormula loss, Size size) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      checkGradient(
          loss, size, logits(loss, size, random), target(loss, size, random), "seed " + seed);
    }
  }

  /** Element by element, since a difference quotient of the formula costs nothing. */
  private static void checkGradient(
      LossFormula loss, Size size, float[] logits, float[] target, String description) {
    float[] gradient = run(loss, size, logits, target).get("gradient");
    double[] x = doubles(logits);
    double h = 1e-5;
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < x.length; i++) {
      double at = x[i];
      x[i] = at + h;
      double up = loss.value(x, target, size.images());
      x[i] = at - h;
      double down = loss.value(x, target, size.images());
      x[i] = at;
      softly
          .assertThat((double) gradient[i])
          .as("%s: derivative by element %s", description, i)
          .isCloseTo((up - down) / (2 * h), within(1e-6));
    }
    softly.assertAll();
  }

  private static Map<String, float[]> run(
      LossFormula loss, Size size, float[] logits, float[] target) {
    Graph graph = new Graph();
    TensorType type =
        TensorType.floats(Shape.of(size.images(), loss.channels(), size.height(), size.width()));
    Value x = graph.input("logits", type);
    Value value = mean(loss.graph(x, graph.input("target", type)), 0);
    graph.output("loss", value);
    graph.output("gradient", Gradients.of(value, List.of(x)).get(x));
    return GraphRunner.run(graph, Map.of("logits", logits, "target", target));
  }

  private static float[] logits(LossFormula loss, Size size, Random random) {
    float[] logits = new float[size.elements(loss)];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * 3;
    }
    return logits;
  }

  /** Signed distances, or the one-hot form of a mask whose images have different shares. */
  private static float[] target(LossFormula loss, Size size, Random random) {
    float[] target = new float[size.elements(loss)];
    if (loss == LossFormula.DISTANCE) {
      for (int i = 0; i < target.length; i++) {
        target[i] = 2 * random.nextFloat() - 1;
      }
      return target;
    }
    for (int image = 0; image < size.images(); image++) {
      for (int pixel = 0; pixel < size.pixels(); pixel++) {
        int foreground = random.nextFloat() < (image + 1) / (size.images() + 1f) ? 1 : 0;
        target[(2 * image + foreground) * size.pixels() + pixel] = 1;
      }
    }
    return target;
  }

  /** Returns [2, 2, 2, 3] with one value for each class. */
  private static float[] twoClasses(float background, float foreground) {
    float[] values = new float[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / HAND_COMPUTED.pixels() % 2 == 0 ? background : foreground;
    }
    return values;
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
