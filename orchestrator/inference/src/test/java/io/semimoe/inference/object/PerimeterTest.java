package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.LabelMap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PerimeterTest {
  @Test
  void countsTheCrossingsOfFourDirections() {
    for (long seed = 0; seed < 500; seed++) {
      SegmentedObjects found = TestMaps.objects(TestMaps.mask(seed), ObjectOptions.COMPONENTS);
      for (SegmentedObject object : found.objects()) {
        LabelMap pixels = TestMaps.only(found.labels(), object.id());
        double expected =
            Math.PI
                / 8
                * (crossings(pixels, 1, 0)
                    + crossings(pixels, 0, 1)
                    + (crossings(pixels, 1, 1) + crossings(pixels, -1, 1)) / Math.sqrt(2));
        assertThat(object.perimeter())
            .as("seed %d, object %d", seed, object.id())
            .isCloseTo(expected, within(1e-9));
      }
    }
  }

  @Test
  void equalsScikitImage() {
    // perimeter_crofton(mask, directions=4) of scikit-image 0.26.0
    checkPerimeter(2.681517061334488, "#");
    checkPerimeter(6.473754857208568, "##", "##");
    checkPerimeter(16.739747510291217, "####", "#..#", "####");
    checkPerimeter(4.807673755399181, "#.", ".#");
    checkPerimeter(11.836788979877543, ".##.", "####", "####", ".##.");
  }

  private static void checkPerimeter(double expected, String... rows) {
    assertThat(TestMaps.objects(TestMaps.drawn(rows), ObjectOptions.COMPONENTS).objects())
        .singleElement()
        .satisfies(object -> assertThat(object.perimeter()).isCloseTo(expected, within(1e-12)));
  }

  private static int crossings(LabelMap mask, int dx, int dy) {
    int count = 0;
    for (int y = -1; y <= mask.height(); y++) {
      for (int x = -1; x <= mask.width(); x++) {
        count += inside(mask, x, y) != inside(mask, x + dx, y + dy) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean inside(LabelMap mask, int x, int y) {
    return x >= 0 && y >= 0 && x < mask.width() && y < mask.height() && mask.label(x, y) != 0;
  }

  @Test
  void isRightForDisks() {
    for (int radius = 10; radius <= 200; radius += 19) {
      SegmentedObject disk = disk(radius);
      assertThat(disk.perimeter())
          .as("radius %d", radius)
          .isCloseTo(2 * Math.PI * radius, within(0.02 * 2 * Math.PI * radius));
      assertThat(disk.circularity()).as("radius %d", radius).isBetween(0.96, 1.0);
    }
  }

  @Test
  void circularityIsLowForLongObjectsAndNeverAboveOne() {
    SegmentedObject bar = bar(400, 4);

    assertThat(bar.circularity()).isBetween(0.02, 0.05);
    assertThat(bar(1, 1).circularity()).isEqualTo(1);
  }

  private static SegmentedObject bar(int width, int height) {
    int[] labels = new int[width * height];
    Arrays.fill(labels, 1);
    return TestMaps.objects(new LabelMap(width, height, labels), ObjectOptions.COMPONENTS)
        .objects()
        .get(0);
  }

  private static SegmentedObject disk(int radius) {
    int side = 2 * radius + 3;
    int[] labels = new int[side * side];
    for (int i = 0; i < labels.length; i++) {
      int x = i % side;
      int y = i / side;
      double dx = x - side / 2.0 + 0.3;
      double dy = y - side / 2.0 + 0.1;
      labels[i] = dx * dx + dy * dy <= radius * radius ? 1 : 0;
    }
    return TestMaps.objects(new LabelMap(side, side, labels), ObjectOptions.COMPONENTS)
        .objects()
        .get(0);
  }
}
