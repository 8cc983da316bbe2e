package io.semimoe.inference.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectSweepInputTest {
  private static final ObjectOptions COMPONENTS = ObjectOptions.COMPONENTS;

  @Test
  void forgivesRoundingOutsideTheRangesButNoMore() {
    List<SegmentedObject> objects = new ArrayList<>();
    ObjectSweep sweep = new ObjectSweep(2, 0.5f, COMPONENTS, objects::add);

    sweep.row(new float[] {1.0009f, -0.0009f}, new float[] {1.0009f, -1.0009f});
    for (float wrong : new float[] {-0.0011f, 1.0011f}) {
      assertThatThrownBy(() -> sweep.row(new float[] {wrong, 0}, new float[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probability at (0, 1): expected a number in [0, 1], found " + wrong);
    }
    for (float wrong : new float[] {-1.0011f, 1.0011f, Float.NaN}) {
      assertThatThrownBy(() -> sweep.row(new float[2], new float[] {0, wrong}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("signed distance at (1, 1): expected a number in [-1, 1], found " + wrong);
    }
    sweep.finish();
    assertThat(objects)
        .singleElement()
        .satisfies(object -> assertThat(object.meanProbability()).isEqualTo(1));
  }

  @Test
  void cannotGoOnOnceTheConsumerHasThrown() {
    ObjectSweep sweep =
        new ObjectSweep(
            2,
            0.5f,
            COMPONENTS,
            object -> {
              throw new IllegalArgumentException("full");
            });
    sweep.row(new float[] {1, 0});

    assertThatThrownBy(() -> sweep.row(new float[2])).hasMessage("full");
    assertThatThrownBy(() -> sweep.row(new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("row 1: the consumer of the objects has thrown; begin a new sweep");
    assertThatThrownBy(sweep::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesWhatIsNoRow() {
    ObjectSweep sweep = new ObjectSweep(2, 0.5f, ObjectOptions.GLAS_SIZED, object -> {});

    assertThatThrownBy(() -> sweep.row(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: expected 2 probabilities, found 3");
    assertThatThrownBy(() -> sweep.row(new float[2], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: expected 2 distances, found 1");
    assertThatThrownBy(() -> sweep.row(new float[] {0, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probability at (1, 0): expected a number in [0, 1], found NaN");
    assertThatThrownBy(() -> sweep.row(new float[2], new float[] {3, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signed distance at (0, 0): expected a number in [-1, 1], found 3.0");
    sweep.row(new float[2], new float[2]);
    assertThatThrownBy(() -> sweep.row(new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("row 1: expected a row with distances, as the rows before it");
    sweep.finish();
    assertThatThrownBy(() -> sweep.row(new float[2], new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("row 1 came after finish()");
    assertThatThrownBy(() -> new ObjectSweep(0, 0.5f, ObjectOptions.GLAS_SIZED, object -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObjectSweep(1, Float.NaN, ObjectOptions.GLAS_SIZED, object -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
