package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final RgbImage BLACK = new RgbImage(7, 5, new byte[7 * 5 * 3]);

  /** One row of text per row of the image, # where it is green. */
  private static String drawn(RgbImage image) {
    StringBuilder out = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        out.append(image.sample(x, y, 1) == 230 ? '#' : '.');
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

    assertThat(drawn(Overlay.draw(BLACK, mask)))
        .isEqualTo(".......\n.#####.\n.#####.\n.##.##.\n.##.##.\n");
  }

  @Test
  void drawsTheWallBetweenTouchingObjects() {
    LabelMap instances = map("1111222\n1111222\n1111222\n1111222\n1111222\n");

    assertThat(drawn(Overlay.draw(BLACK, instances))).isEqualTo("..####.\n".repeat(5));
  }

  @Test
  void leavesTheImageAsItIs() {
    RgbImage image = new RgbImage(7, 5, new byte[7 * 5 * 3]);
    RgbImage out =
        Overlay.draw(image, map("0000000\n".repeat(2) + "0001000\n" + "0000000\n".repeat(2)));

    assertThat(image).isEqualTo(BLACK);
    assertThat(out.sample(3, 2, 0)).isZero();
    assertThat(out.sample(3, 2, 1)).isEqualTo(230);
    assertThat(out.sample(3, 2, 2)).isEqualTo(60);
  }
}
