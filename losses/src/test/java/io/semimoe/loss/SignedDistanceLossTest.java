package io.semimoe.loss;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import org.junit.jupiter.api.Test;

class SignedDistanceLossTest {
  @Test
  void refusesToBroadcastTheFieldOverTheBatch() {
    Graph graph = new Graph();
    Value logits = graph.input("logits", TensorType.floats(Shape.of(2, 1, 4, 4)));
    Value field = graph.input("field", TensorType.floats(Shape.of(2, 4, 4)));

    assertThatThrownBy(() -> SignedDistanceLoss.of(logits, field))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a field of shape [2, 1, 4, 4], found [2, 4, 4]");
  }
}
