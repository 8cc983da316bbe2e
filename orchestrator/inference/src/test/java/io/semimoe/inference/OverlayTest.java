package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final RgbImage BLACK = new RgbImage(7, 5, new byte[7 * 5 * 3]);

  /** One row of text per row of the image, # where it is red. */
  private static String drawn(RgbImage image) {
    StringBuilder out = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        out.append(image.sample(x, y, 0) == 255 ? '#' : '.');
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static LabelMap map(String rows) {
    String digits = rows.replace("\n", "");
    return new LabelMap(7, 5, digits.chars().map(c -> c - '0').toArray());
  }

  @Test
  void drawsTheInnerPixelsOfAnObjectButNotAtTheImageBorder() {
    LabelMap mask = map("0000000\n0111110\n0111110\n0111110\n0111110\n");

    assertThat(drawn(new Overlay(255, 0, 0, 1).draw(BLACK, mask)))
        .isEqualTo(".......\n.#####.\n.#...#.\n.#...#.\n.#...#.\n");
    assertThat(drawn(new Overlay(255, 0, 0, 2).draw(BLACK, mask)))
        .isEqualTo(".......\n.#####.\n.#####.\n.##.##.\n.##.##.\n");
  }

  @Test
  void drawsTheWallBetweenTouchingObjects() {
    LabelMap instances = map("1111222\n1111222\n1111222\n1111222\n1111222\n");

    assertThat(drawn(new Overlay(255, 0, 0, 1).draw(BLACK, instances)))
        .isEqualTo("...##..\n".repeat(5));
  }

  @Test
  void leavesTheImageAsItIs() {
    RgbImage image = new RgbImage(7, 5, new byte[7 * 5 * 3]);
    RgbImage out =
        Overlay.DEFAULT.draw(
            image, map("0000000\n".repeat(2) + "0001000\n" + "0000000\n".repeat(2)));

    assertThat(image).isEqualTo(BLACK);
    assertThat(out.sample(3, 2, 0)).isEqualTo(Overlay.DEFAULT.red());
    assertThat(out.sample(3, 2, 1)).isEqualTo(Overlay.DEFAULT.green());
    assertThat(out.sample(3, 2, 2)).isEqualTo(Overlay.DEFAULT.blue());
  }

  @Test
  void refusesAMaskOfAnotherSize() {
    assertThatThrownBy(() -> Overlay.DEFAULT.draw(BLACK, new LabelMap(5, 7, new int[35])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a mask of the image's size 7×5, found 5×7");
    assertThatThrownBy(() -> Overlay.DEFAULT.draw(BLACK, new LabelMap(6, 5, new int[30])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
