package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldGridTest {
  @Test
  void coversARegionFromSideToSide() {
    Area region = new Area(new Rectangle(10, 20, 100, 32));

    assertThat(covering(region, 32))
        .containsExactly(
            new Rectangle(10, 20, 32, 32),
            new Rectangle(44, 20, 32, 32),
            new Rectangle(78, 20, 32, 32));
  }

  @Test
  void rowsReachFromTopToBottom() {
    assertThat(covering(new Area(new Rectangle(300, 200, 32, 80)), 32))
        .extracting(field -> field.y)
        .containsExactly(200, 224, 248);
  }

  @Test
  void fieldsThatFitExactlyShareNothing() {
    assertThat(covering(new Area(new Rectangle(0, 0, 64, 64)), 32))
        .hasSize(4)
        .contains(new Rectangle(32, 32, 32, 32));
  }

  /** As after scaling, when 64 pixels have become 63.9999999. */
  @Test
  void sidesThatScalingHasMovedAreWhereTheyWere() {
    Shape moved = new Rectangle2D.Double(10 + 1e-7, 20 + 1e-7, 64 - 2e-7, 64 - 2e-7);

    assertThat(covering(new Area(moved), 64)).containsExactly(new Rectangle(10, 20, 64, 64));
  }

  @Test
  void fractionsOfPixelsAtTheSidesAreLeftOut() {
    Shape region = new Rectangle2D.Double(0.5, 0.5, 65.4, 65.4);

    assertThat(covering(new Area(region), 64)).containsExactly(new Rectangle(1, 1, 64, 64));
  }

  @Test
  void aRegionThatIsTooSmallHasNoField() {
    assertThat(covering(new Area(new Rectangle(0, 0, 31, 300)), 32)).isEmpty();
  }

  @Test
  void rowsOfRoundRegionsReachFromSideToSide() {
    Area disc = new Area(new Ellipse2D.Double(0, 0, 300, 300));

    List<Rectangle> fields = covering(disc, 32);

    Area covered = new Area();
    fields.forEach(field -> covered.add(new Area(field)));
    assertThat(fields)
        .allMatch(
            field ->
                disc.contains(new Rectangle2D.Double(field.x + 1, field.y + 1, 30, 30))
                    && field.x >= 0
                    && field.y >= 0);
    assertThat(share(covered)).as("of the square around the disc").isGreaterThan(0.65);
  }

  /** Nobody draws a side that is quite straight. */
  @Test
  void aHundredthOfAFieldMayBeOutside() {
    assertThat(covering(quadrilateral(0.9), 128)).hasSize(2);
    assertThat(covering(quadrilateral(20), 128)).isEmpty();
  }

  @Test
  void aRowMayHaveAGap() {
    Area region = new Area(new Rectangle(0, 0, 200, 32));
    region.subtract(new Area(new Rectangle(90, 10, 10, 10)));

    assertThat(covering(region, 32))
        .extracting(field -> field.x)
        .containsExactly(0, 29, 58, 100, 134, 168);
  }

  @Test
  void fieldsLieBesideWhatIsIgnored() {
    Area region = new Area(new Rectangle(0, 0, 320, 32));
    Area inTheMiddle = new Area(new Rectangle(100, 31, 60, 100));
    Area elsewhere = new Area(new Rectangle(0, 200, 500, 500));

    assertThat(FieldGrid.covering(region, List.of(inTheMiddle, elsewhere), 32))
        .extracting(field -> field.x)
        .containsExactly(0, 34, 68, 160, 192, 224, 256, 288);
  }

  private static List<Rectangle> covering(Area region, int size) {
    return FieldGrid.covering(region, List.of(), size);
  }

  private static Area quadrilateral(double slant) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, slant);
    path.lineTo(256, 0);
    path.lineTo(256, 128);
    path.lineTo(0, 128 - slant);
    path.closePath();
    return new Area(path);
  }

  private static double share(Area covered) {
    long pixels = 0;
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        pixels += covered.contains(x + 0.5, y + 0.5) ? 1 : 0;
      }
    }
    return pixels / 90_000.0;
  }

  /** Its outermost pixels are tips of the outline, where no field fits. */
  @Test
  void aFieldFitsWhereASquareDoes() {
    Path2D wavy = new Path2D.Double();
    wavy.moveTo(0, 0);
    for (int i = 0; i < 600; i++) {
      double along = i % 150;
      double wave = 3 * Math.sin(i / 3.0);
      switch (i / 150) {
        case 0 -> wavy.lineTo(along, wave);
        case 1 -> wavy.lineTo(150 + wave, along);
        case 2 -> wavy.lineTo(150 - along, 150 + wave);
        default -> wavy.lineTo(wave, 150 - along);
      }
    }
    wavy.closePath();

    assertThat(covering(new Area(wavy), 128)).hasSize(1);
    assertThat(covering(new Area(wavy), 64)).hasSize(4);
    assertThat(covering(new Area(new Ellipse2D.Double(0, 0, 180, 180)), 112)).hasSize(1);
  }

  @Test
  void littleMoreThanAFieldIsOneField() {
    assertThat(covering(new Area(new Rectangle(0, 0, 65, 70)), 64)).hasSize(1);
    assertThat(covering(new Area(new Rectangle(0, 0, 64, 81)), 64)).hasSize(2);
  }
}
