package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class FieldGridTest {
  @Test
  void coversARegionFromSideToSide() {
    Area region = new Area(new Rectangle(10, 20, 100, 32));

    assertThat(FieldGrid.covering(region, 32))
        .containsExactly(
            new Rectangle(10, 20, 32, 32),
            new Rectangle(32, 20, 32, 32),
            new Rectangle(55, 20, 32, 32),
            new Rectangle(78, 20, 32, 32));
  }

  @Test
  void fieldsThatFitExactlyShareNothing() {
    assertThat(FieldGrid.covering(new Area(new Rectangle(0, 0, 64, 64)), 32))
        .hasSize(4)
        .contains(new Rectangle(32, 32, 32, 32));
  }

  /** As after scaling, when 64 pixels have become 63.9999999. */
  @Test
  void sidesThatScalingHasMovedAreWhereTheyWere() {
    Shape moved = new Rectangle2D.Double(10 + 1e-7, 20 + 1e-7, 64 - 2e-7, 64 - 2e-7);

    assertThat(FieldGrid.covering(new Area(moved), 64))
        .containsExactly(new Rectangle(10, 20, 64, 64));
  }

  @Test
  void fractionsOfPixelsAtTheSidesAreLeftOut() {
    Shape region = new Rectangle2D.Double(0.5, 0.5, 65.4, 65.4);

    assertThat(FieldGrid.covering(new Area(region), 64))
        .containsExactly(new Rectangle(1, 1, 64, 64));
  }

  @Test
  void aRegionThatIsTooSmallHasNoField() {
    assertThat(FieldGrid.covering(new Area(new Rectangle(0, 0, 31, 300)), 32)).isEmpty();
  }

  @Test
  void fieldsLieWhollyInTheRegion() {
    Area disc = new Area(new Ellipse2D.Double(0, 0, 200, 200));

    assertThat(FieldGrid.covering(disc, 32))
        .isNotEmpty()
        .hasSizeLessThan(49)
        .allMatch(field -> disc.contains(new Rectangle2D.Double(field.x, field.y, 32, 32)));
  }

  @Test
  void sideBySideFieldsAreWholeAndShareNothing() {
    assertThat(FieldGrid.sideBySide(70, 40, 32))
        .containsExactly(new Rectangle(0, 0, 32, 32), new Rectangle(32, 0, 32, 32));
  }
}
