package io.semimoe.dataset.outline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoxTreeTest {
  @Test
  void findsWhatALookAtEachBoxFinds() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      List<Rectangle2D> boxes = boxes(random, random.nextInt(400));
      BoxTree tree = new BoxTree(boxes);

      for (int i = 0; i < 100; i++) {
        Rectangle place =
            new Rectangle(
                random.nextInt(120) - 10,
                random.nextInt(120) - 10,
                1 + random.nextInt(40),
                1 + random.nextInt(40));
        assertThat(tree.meeting(place))
            .as("seed %d, %s", seed, place)
            .isEqualTo(
                IntStream.range(0, boxes.size())
                    .filter(index -> boxes.get(index).intersects(place))
                    .toArray());
      }
    }
  }

  @Test
  void manyBoxesAtOnePlaceAreAllFound() {
    Rectangle2D box = new Rectangle(5, 5, 2, 2);

    BoxTree tree = new BoxTree(IntStream.range(0, 1000).mapToObj(i -> box).toList());

    assertThat(tree.meeting(new Rectangle(6, 6, 1, 1))).hasSize(1000);
    assertThat(tree.meeting(new Rectangle(7, 5, 9, 9))).as("touches their sides").isEmpty();
  }

  @Test
  void thereMayBeNone() {
    assertThat(new BoxTree(List.of()).meeting(new Rectangle(9, 9))).isEmpty();
  }

  /** Some at whole pixels, where sides meet; some without height; and a large one. */
  private static List<Rectangle2D> boxes(Random random, int count) {
    List<Rectangle2D> boxes = new ArrayList<>(List.of(new Rectangle(-50, -50, 400, 90)));
    for (int i = 0; i < count; i++) {
      double x = random.nextDouble() * 100;
      double y = random.nextDouble() * 100;
      boxes.add(
          i % 3 == 0
              ? new Rectangle((int) x, (int) y, random.nextInt(9), random.nextInt(9))
              : new Rectangle2D.Double(x, y, random.nextDouble() * 9, random.nextDouble() * 9));
    }
    return boxes;
  }
}
