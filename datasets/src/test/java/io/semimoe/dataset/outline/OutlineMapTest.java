package io.semimoe.dataset.outline;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.LabelMap;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineMapTest {
  private static final int SIDE = 40;

  /** Stars that cross themselves, at places where float32 knows no hundredths of a pixel. */
  @ParameterizedTest
  @ValueSource(ints = {0, 117, 1_000_003})
  void aPixelIsInsideIfItsCentreIs(int origin) {
    for (long seed = 1; seed <= 50; seed++) {
      Shape star = star(new Random(seed), origin);

      LabelMap map =
          new OutlineMap(List.of(star)).labels(new Rectangle(origin, origin + 5, SIDE, SIDE));

      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          assertThat(map.label(x, y) == 1)
              .as("seed %d, pixel (%d, %d)", seed, x, y)
              .isEqualTo(star.contains(origin + x + 0.5, origin + 5 + y + 0.5));
        }
      }
    }
  }

  @Test
  void sidesOfPixelsBelongToThePixelsInside() {
    LabelMap map = new OutlineMap(List.of(new Rectangle(2, 3, 4, 5))).labels(new Rectangle(10, 10));

    assertThat(map.foregroundCount()).isEqualTo(20);
    assertThat(map.label(2, 3)).isEqualTo(1);
    assertThat(map.label(5, 7)).isEqualTo(1);
  }

  /** As Java 2D has it, so that of shapes side by side each pixel is in one. */
  @Test
  void centresOnASideBelongToTheShapeToTheRightAndBelow() {
    LabelMap map =
        new OutlineMap(List.of(new Rectangle2D.Double(2.5, 3.5, 4, 5)))
            .labels(new Rectangle(10, 10));

    assertThat(map.foregroundCount()).isEqualTo(20);
    assertThat(map.label(2, 3)).isEqualTo(1);
    assertThat(map.label(6, 8)).isZero();
  }

  @Test
  void aShapeInAnotherStays() {
    Shape inner = new Rectangle(4, 4, 2, 2);
    Shape outer = new Ellipse2D.Double(0, 0, 10, 10);

    LabelMap map = new OutlineMap(List.of(inner, outer)).labels(new Rectangle(10, 10));

    assertThat(map.label(5, 1)).isEqualTo(1);
    assertThat(map.label(4, 5)).isEqualTo(2);
    assertThat(map).isEqualTo(new OutlineMap(List.of(outer, inner)).labels(new Rectangle(10, 10)));
  }

  @Test
  void onlyShapesThatOwnAPixelAreThere() {
    Shape outside = new Rectangle(50, 50, 9, 9);
    Shape hidden = new Rectangle(2, 2, 3, 2);
    Shape betweenCentres = new Rectangle2D.Double(0.6, 0.6, 0.8, 0.8);
    Shape seen = new Rectangle(2, 2, 2, 2);
    Shape rest = new Rectangle(4, 2, 1, 2);

    OutlineMap shapes = new OutlineMap(List.of(outside, hidden, betweenCentres, seen, rest));
    LabelMap map = shapes.labels(new Rectangle(10, 10));

    assertThat(shapes.count()).isEqualTo(5);
    assertThat(map.distinctLabels()).as("seen and the rest, by size").containsExactly(3, 4);
    assertThat(map.foregroundCount()).isEqualTo(6);
  }

  @Test
  void partsAreThoseOfTheWholeWithTheSameNumbers() {
    OutlineMap map = new OutlineMap(ellipses());
    LabelMap whole = map.labels(new Rectangle(200, 200));

    for (int y = 0; y < 200; y += 50) {
      for (int x = 0; x < 200; x += 40) {
        assertThat(map.labels(new Rectangle(x, y, 40, 50))).isEqualTo(whole.crop(x, y, 40, 50));
      }
    }
  }

  @Test
  void aPartIsWhatTheShapesGiveOneAfterTheOther() {
    List<Shape> shapes = ellipses();
    List<Shape> sorted = new ArrayList<>(shapes);
    sorted.sort(Comparator.comparingDouble(OutlineMapTest::boxArea).reversed());
    Rectangle place = new Rectangle(60, 70, 80, 50);
    int[] expected = new int[place.width * place.height];
    for (int i = 0; i < sorted.size(); i++) {
      int[] alone = new OutlineMap(List.of(sorted.get(i))).labels(place).labels();
      for (int pixel = 0; pixel < alone.length; pixel++) {
        expected[pixel] = alone[pixel] == 0 ? expected[pixel] : i + 1;
      }
    }

    assertThat(new OutlineMap(shapes).labels(place))
        .isEqualTo(new LabelMap(place.width, place.height, expected));
  }

  private static double boxArea(Shape shape) {
    return shape.getBounds2D().getWidth() * shape.getBounds2D().getHeight();
  }

  private static List<Shape> ellipses() {
    Random random = new Random(9);
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      shapes.add(
          new Ellipse2D.Double(
              random.nextDouble() * 200 - 10,
              random.nextDouble() * 200 - 10,
              1 + random.nextDouble() * 30,
              1 + random.nextDouble() * 30));
    }
    return shapes;
  }

  @Test
  void noShapesAreBackground() {
    assertThat(new OutlineMap(List.of()).labels(new Rectangle(7, 8, 3, 2)))
        .isEqualTo(new LabelMap(3, 2, new int[] {0, 0, 0, 0, 0, 0}));
  }

  @Test
  void ringsThatAreNotClosedAreClosed() {
    Path2D open = new Path2D.Double();
    open.moveTo(1, 1);
    open.lineTo(5, 1);
    open.lineTo(5, 4);
    open.lineTo(1, 4);
    open.moveTo(7, 7);
    open.lineTo(9, 7);
    open.lineTo(9, 9);
    open.lineTo(7, 9);

    LabelMap map = new OutlineMap(List.of(open)).labels(new Rectangle(10, 10));

    assertThat(map.foregroundCount()).isEqualTo(4 * 3 + 2 * 2);
  }

  private static Shape star(Random random, int origin) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    path.moveTo(origin + random.nextDouble() * 50, origin + random.nextDouble() * 50);
    for (int i = 0; i < 7; i++) {
      path.lineTo(origin + random.nextDouble() * 50, origin + random.nextDouble() * 50);
    }
    path.closePath();
    return path;
  }
}
