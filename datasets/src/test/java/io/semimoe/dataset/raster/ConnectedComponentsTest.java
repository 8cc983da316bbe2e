package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectedComponentsTest {
  @ParameterizedTest
  @EnumSource(Connectivity.class)
  void equalsAFloodFillFromEachFirstPixel(Connectivity connectivity) {
    for (long seed = 0; seed < 500; seed++) {
      LabelMap map = RandomMaps.labels(seed, 2);
      assertThat(ConnectedComponents.label(map, connectivity))
          .as("seed %d, %s", seed, map)
          .isEqualTo(flood(map, connectivity));
    }
  }

  @Test
  void cornersJoinOnlyWithEightNeighbours() {
    LabelMap map = new LabelMap(3, 2, new int[] {0, 1, 0, 1, 0, 1});

    assertThat(ConnectedComponents.label(map, Connectivity.FOUR).labels())
        .containsExactly(0, 1, 0, 2, 0, 3);
    assertThat(ConnectedComponents.label(map, Connectivity.EIGHT).labels())
        .containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void piecesHaveOneLabelEach() {
    LabelMap map = new LabelMap(4, 3, new int[] {7, 7, 3, 0, 0, 3, 3, 0, 7, 0, 0, 3});

    assertThat(ConnectedComponents.pieces(map, Connectivity.FOUR).labels())
        .containsExactly(1, 1, 2, 0, 0, 2, 2, 0, 3, 0, 0, 4);
    assertThat(ConnectedComponents.pieces(map, Connectivity.EIGHT).labels())
        .containsExactly(1, 1, 2, 0, 0, 2, 2, 0, 3, 0, 0, 2);
  }

  private static LabelMap flood(LabelMap map, Connectivity connectivity) {
    int[] out = new int[map.labels().length];
    int count = 0;
    for (int i = 0; i < out.length; i++) {
      if (map.labels()[i] != 0 && out[i] == 0) {
        fill(map, connectivity, i, ++count, out);
      }
    }
    return new LabelMap(map.width(), map.height(), out);
  }

  private static void fill(LabelMap map, Connectivity connectivity, int seed, int id, int[] out) {
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    out[seed] = id;
    queue.add(seed);
    while (!queue.isEmpty()) {
      int i = queue.remove();
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int x = i % map.width() + dx;
          int y = i / map.width() + dy;
          boolean neighbour = connectivity == Connectivity.EIGHT || dx == 0 || dy == 0;
          if (neighbour && x >= 0 && y >= 0 && x < map.width() && y < map.height()) {
            int j = y * map.width() + x;
            if (map.labels()[j] != 0 && out[j] == 0) {
              out[j] = id;
              queue.add(j);
            }
          }
        }
      }
    }
  }
}
