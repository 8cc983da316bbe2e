package io.semimoe.graph.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aScalarHasOneElement() {
    assertThat(Shape.SCALAR.rank()).isZero();
    assertThat(Shape.SCALAR.elements()).isEqualTo(1);
    assertThat(Shape.SCALAR).isEqualTo(Shape.of()).hasToString("[]");
  }

  @Test
  void theNumberOfElementsIsTheProduct() {
    assertThat(Shape.of(2, 3, 4).elements()).isEqualTo(24);
    assertThat(Shape.of(2, 0, 4).elements()).isZero();
    assertThat(Shape.of(1 << 20, 1 << 20).elements()).isEqualTo(1L << 40);
  }

  @Test
  void dimensionsAreCopied() {
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.toIntArray()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(shape.toLongArray()).containsExactly(2, 3);
  }

  @Test
  void withReplacesOneDimension() {
    Shape shape = Shape.of(2, 3);
    assertThat(shape.with(1, 7)).isEqualTo(Shape.of(2, 7));
    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void shapesBroadcastAlignedAtTheLastDimension() {
    Shape x = Shape.of(2, 1, 4);
    Shape y = Shape.of(3, 1);
    assertThat(x.broadcast(y)).isEqualTo(Shape.of(2, 3, 4));
    assertThat(y.broadcast(x)).isEqualTo(Shape.of(2, 3, 4));
    assertThat(x.broadcast(Shape.SCALAR)).isEqualTo(x);
    assertThat(Shape.SCALAR.broadcast(Shape.SCALAR)).isEqualTo(Shape.SCALAR);
  }

  @Test
  void shapesThatDoNotBroadcastAreNamed() {
    assertThatThrownBy(() -> Shape.of(2, 3).broadcast(Shape.of(2, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shapes [2, 3] and [2, 1, 2] do not broadcast to each other");
  }

  @Test
  void negativeDimensionsAreRefused() {
    assertThatThrownBy(() -> Shape.of(2, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, -1]");
  }
}
