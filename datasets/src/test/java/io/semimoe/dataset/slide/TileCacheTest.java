package io.semimoe.dataset.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileCacheTest {
  private final List<String> decoded = new ArrayList<>();
  private final TileCache cache = new TileCache(3 * 4);

  /** A level with pieces of 2×2 pixels, whose first sample tells the level and the place. */
  private TileSource level(int level) {
    return cache.over(
        (column, row) -> {
          decoded.add(level + ": " + column + ", " + row);
          byte[] rgb = new byte[12];
          rgb[0] = (byte) (100 * level + 10 * row + column);
          return new RgbImage(2, 2, rgb);
        });
  }

  @Test
  void aPieceThatIsKeptIsDecodedOnce() throws Exception {
    TileSource level = level(1);

    for (int i = 0; i < 3; i++) {
      assertThat(level.tile(2, 0).sample(0, 0, 0)).isEqualTo(102);
      assertThat(level.tile(0, 2).sample(0, 0, 0)).isEqualTo(120);
    }
    assertThat(decoded).containsExactly("1: 2, 0", "1: 0, 2");
  }

  @Test
  void beyondThePixelsThePieceGoesThatWasUsedLongestAgo() throws Exception {
    TileSource level = level(0);
    for (int column : new int[] {0, 1, 2, 0, 3}) {
      level.tile(column, 0);
    }
    decoded.clear();

    for (int column : new int[] {0, 2, 3}) {
      level.tile(column, 0);
    }
    assertThat(decoded).isEmpty();
    level.tile(1, 0);
    assertThat(decoded).containsExactly("0: 1, 0");
  }

  @Test
  void levelsShareThePixelsButNoPieces() throws Exception {
    TileSource fine = level(0);
    TileSource coarse = level(1);

    assertThat(fine.tile(0, 0).sample(0, 0, 0)).isZero();
    assertThat(coarse.tile(0, 0).sample(0, 0, 0)).isEqualTo(100);
    fine.tile(1, 0);
    fine.tile(2, 0);
    decoded.clear();

    coarse.tile(0, 0);
    fine.tile(0, 0);
    assertThat(decoded).containsExactly("0: 0, 0");
  }

  @Test
  void aPieceThatIsTooLargeLeavesTheOthers() throws Exception {
    TileSource small = level(0);
    TileSource large =
        cache.over(
            (column, row) -> {
              decoded.add("large");
              return new RgbImage(13, 1, new byte[39]);
            });

    small.tile(0, 0);
    large.tile(0, 0);
    large.tile(0, 0);
    small.tile(0, 0);
    assertThat(decoded).containsExactly("0: 0, 0", "large", "large");
  }

  @Test
  void aFailureIsNotKept() throws Exception {
    List<DataException> failures = new ArrayList<>(List.of(new DataException("damaged")));
    TileSource level =
        cache.over(
            (column, row) -> {
              if (!failures.isEmpty()) {
                throw failures.remove(0);
              }
              return new RgbImage(1, 1, new byte[3]);
            });

    assertThatThrownBy(() -> level.tile(0, 0)).hasMessage("damaged");
    assertThat(level.tile(0, 0).width()).isEqualTo(1);
  }
}
