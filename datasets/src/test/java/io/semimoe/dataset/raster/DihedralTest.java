package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DihedralTest {
  /** No two elements give the same result on it. */
  private static final LabelMap MAP =
      new LabelMap(3, 2, new int[] {1, 2, 3, /* second row */ 4, 5, 6});

  @Test
  void turnsClockwise() {
    assertThat(Dihedral.ROTATE_90.apply(MAP))
        .isEqualTo(new LabelMap(2, 3, new int[] {4, 1, 5, 2, 6, 3}));
    assertThat(Dihedral.ROTATE_180.apply(MAP))
        .isEqualTo(new LabelMap(3, 2, new int[] {6, 5, 4, 3, 2, 1}));
    assertThat(Dihedral.ROTATE_270.apply(MAP))
        .isEqualTo(new LabelMap(2, 3, new int[] {3, 6, 2, 5, 1, 4}));
  }

  @Test
  void mirrors() {
    assertThat(Dihedral.FLIP_HORIZONTAL.apply(MAP))
        .isEqualTo(new LabelMap(3, 2, new int[] {3, 2, 1, 6, 5, 4}));
    assertThat(Dihedral.FLIP_VERTICAL.apply(MAP))
        .isEqualTo(new LabelMap(3, 2, new int[] {4, 5, 6, 1, 2, 3}));
    assertThat(Dihedral.TRANSPOSE.apply(MAP))
        .isEqualTo(new LabelMap(2, 3, new int[] {1, 4, 2, 5, 3, 6}));
    assertThat(Dihedral.ANTI_TRANSPOSE.apply(MAP))
        .isEqualTo(new LabelMap(2, 3, new int[] {6, 3, 5, 2, 4, 1}));
  }

  @Test
  void twoElementsInARowAreAgainOneElementAndEachIsReached() {
    for (Dihedral first : Dihedral.values()) {
      assertThat(
              Arrays.stream(Dihedral.values())
                  .map(second -> elementThatGives(second.apply(first.apply(MAP)))))
          .as("%s followed by each element", first)
          .containsExactlyInAnyOrder(Dihedral.values());
    }
  }

  @ParameterizedTest
  @EnumSource(Dihedral.class)
  void movesAllKindsOfRastersAlike(Dihedral element) {
    float[] values = {1, 2, 3, 4, 5, 6};
    byte[] rgb = new byte[18];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (10 * (i / 3 + 1) + i % 3);
    }

    LabelMap labels = element.apply(MAP);
    FloatMap floats = element.apply(new FloatMap(3, 2, values));
    RgbImage image = element.apply(new RgbImage(3, 2, rgb));

    assertThat(floats.width()).isEqualTo(labels.width());
    assertThat(image.width()).isEqualTo(labels.width());
    for (int y = 0; y < labels.height(); y++) {
      for (int x = 0; x < labels.width(); x++) {
        int label = labels.label(x, y);
        assertThat(floats.value(x, y)).isEqualTo(label);
        assertThat(new int[] {image.sample(x, y, 0), image.sample(x, y, 1), image.sample(x, y, 2)})
            .containsExactly(10 * label, 10 * label + 1, 10 * label + 2);
      }
    }
  }

  private static Dihedral elementThatGives(LabelMap result) {
    return Arrays.stream(Dihedral.values())
        .filter(element -> element.apply(MAP).equals(result))
        .reduce(
            (a, b) -> {
              throw new AssertionError(a + " and " + b + " do the same");
            })
        .orElseThrow(() -> new AssertionError("no element gives " + result));
  }
}
