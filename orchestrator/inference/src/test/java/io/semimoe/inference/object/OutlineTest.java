package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.LabelMap;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OutlineTest {
  @Test
  void aPixelIsASquareThatRunsFromItsTopLeftCornerOverTheTopRight() {
    assertThat(outlines("...", ".#."))
        .singleElement()
        .satisfies(
            polygon -> {
              assertThat(polygon.outer()).isEqualTo(ring(1, 1, 2, 1, 2, 2, 1, 2, 1, 1));
              assertThat(polygon.outer().signedArea()).isEqualTo(1);
              assertThat(polygon.holes()).isEmpty();
            });
  }

  @Test
  void aHoleRunsTheOtherWay() {
    assertThat(outlines("####", "#..#", "####"))
        .containsExactly(
            new Polygon(
                ring(0, 0, 4, 0, 4, 3, 0, 3, 0, 0), List.of(ring(1, 1, 1, 2, 3, 2, 3, 1, 1, 1))));
  }

  @Test
  void partsThatTouchAtACornerArePolygonsOfTheirOwn() {
    assertThat(outlines("#.", ".#"))
        .containsExactly(
            new Polygon(ring(0, 0, 1, 0, 1, 1, 0, 1, 0, 0), List.of()),
            new Polygon(ring(1, 1, 2, 1, 2, 2, 1, 2, 1, 1), List.of()));
    assertThat(outlines(".#", "#."))
        .containsExactly(
            new Polygon(ring(1, 0, 2, 0, 2, 1, 1, 1, 1, 0), List.of()),
            new Polygon(ring(0, 1, 1, 1, 1, 2, 0, 2, 0, 1), List.of()));
  }

  @Test
  void aPartThatTouchesItselfAtACornerHasAHoleThere() {
    assertThat(outlines("##.", "#.#", "###"))
        .containsExactly(
            new Polygon(
                ring(0, 0, 2, 0, 2, 1, 3, 1, 3, 3, 0, 3, 0, 0),
                List.of(ring(1, 1, 1, 2, 2, 2, 2, 1, 1, 1))));
  }

  @Test
  void holesThatTouchAtACornerAreTwo() {
    assertThat(outlines("####", "#.##", "##.#", "####"))
        .containsExactly(
            new Polygon(
                ring(0, 0, 4, 0, 4, 4, 0, 4, 0, 0),
                List.of(ring(1, 1, 1, 2, 2, 2, 2, 1, 1, 1), ring(2, 2, 2, 3, 3, 3, 3, 2, 2, 2))));
  }

  @Test
  void coversExactlyTheMaskWithSimpleRings() {
    for (long seed = 0; seed < 1000; seed++) {
      LabelMap mask = TestMaps.mask(seed);
      SegmentedObjects found = TestMaps.objects(mask, ObjectOptions.COMPONENTS);
      for (SegmentedObject object : found.objects()) {
        String description = "seed " + seed + ", object " + object.id();
        LabelMap pixels = TestMaps.only(found.labels(), object.id());
        LabelMap parts = ConnectedComponents.label(pixels, Connectivity.FOUR);
        assertThat(object.polygons()).as(description).hasSize(parts.maxLabel());
        for (int part = 1; part <= parts.maxLabel(); part++) {
          check(object.polygons().get(part - 1), TestMaps.only(parts, part), description);
        }
      }
    }
  }

  private static void check(Polygon polygon, LabelMap part, String description) {
    long holes = polygon.holes().stream().mapToLong(Ring::signedArea).sum();
    assertThat(polygon.outer().signedArea() + holes)
        .as(description)
        .isEqualTo(part.foregroundCount());
    assertThat(polygon.outer().signedArea()).as(description).isPositive();
    assertThat(polygon.holes())
        .as(description)
        .allSatisfy(hole -> assertThat(hole.signedArea()).isNegative())
        .hasSize(TestMaps.holes(part));
    assertThat(polygon.holes().stream().map(hole -> readingOrder(hole, 0)))
        .as(description)
        .isSorted();
    List<Ring> rings = new ArrayList<>(polygon.holes());
    rings.add(polygon.outer());
    rings.forEach(ring -> checkSimple(ring, description));
    assertThat(rasterised(rings, part.width(), part.height())).as(description).isEqualTo(part);
  }

  private static void checkSimple(Ring ring, String description) {
    int last = ring.size() - 1;
    assertThat(ring.x(last)).as(description).isEqualTo(ring.x(0));
    assertThat(ring.y(last)).as(description).isEqualTo(ring.y(0));
    NavigableSet<Long> points = new TreeSet<>();
    for (int i = 0; i < last; i++) {
      points.add(readingOrder(ring, i));
      boolean horizontal = ring.y(i) == ring.y(i + 1);
      boolean vertical = ring.x(i) == ring.x(i + 1);
      assertThat(horizontal != vertical).as(description).isTrue();
      int next = i + 1 == last ? 1 : i + 2;
      assertThat(horizontal ? ring.x(i + 1) == ring.x(next) : ring.y(i + 1) == ring.y(next))
          .as("%s: corner at point %d of %s", description, i + 1, ring)
          .isTrue();
    }
    assertThat(points).as(description).hasSize(last);
    assertThat(readingOrder(ring, 0))
        .as("%s: first point of %s", description, ring)
        .isEqualTo(points.first());
  }

  private static long readingOrder(Ring ring, int point) {
    return (long) ring.y(point) << 32 | ring.x(point);
  }

  /** Even-odd rule at the centres of the pixels. */
  private static LabelMap rasterised(List<Ring> rings, int width, int height) {
    int[] labels = new int[width * height];
    for (Ring ring : rings) {
      for (int i = 0; i + 1 < ring.size(); i++) {
        // A vertical edge turns every pixel to its right, in the rows that it passes.
        int to = Math.max(ring.y(i), ring.y(i + 1));
        for (int y = Math.min(ring.y(i), ring.y(i + 1)); y < to; y++) {
          for (int x = ring.x(i); x < width; x++) {
            labels[y * width + x] ^= 1;
          }
        }
      }
    }
    return new LabelMap(width, height, labels);
  }

  private static List<Polygon> outlines(String... rows) {
    return TestMaps.objects(TestMaps.drawn(rows), ObjectOptions.COMPONENTS)
        .objects()
        .get(0)
        .polygons();
  }

  private static Ring ring(int... coordinates) {
    int[] xs = new int[coordinates.length / 2];
    int[] ys = new int[xs.length];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = coordinates[2 * i];
      ys[i] = coordinates[2 * i + 1];
    }
    return new Ring(xs, ys);
  }
}
