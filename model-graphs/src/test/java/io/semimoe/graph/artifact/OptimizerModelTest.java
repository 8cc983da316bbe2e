package io.semimoe.graph.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the runtime recognises by name and position. */
class OptimizerModelTest {
  @Test
  void sgdTakesOneMoment() {
    GraphProto graph = OptimizerModel.sgd().getGraph();
    assertThat(graph.getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("learning_rate", "step", "params", "gradients", "first_order_moments");
    NodeProto node = graph.getNode(0);
    assertThat(node.getOpType()).isEqualTo("SGDOptimizerV2");
    assertThat(node.getInputList()).containsExactly("learning_rate", "params", "gradients");
    assertThat(node.getOutputList()).containsExactly(graph.getOutput(0).getName());
  }

  @Test
  void adamWTakesTwoMomentsAndItsConstants() {
    GraphProto graph = OptimizerModel.adamW(0.8, 0.95, 1e-6, 0.02).getGraph();
    assertThat(graph.getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly(
            "learning_rate",
            "step",
            "params",
            "gradients",
            "first_order_moments",
            "second_order_moments");
    NodeProto node = graph.getNode(0);
    assertThat(node.getOpType()).isEqualTo("AdamWOptimizer");
    assertThat(node.getInputList())
        .containsExactlyElementsOf(
            graph.getInputList().stream().map(ValueInfoProto::getName).toList());
    Map<String, Float> floats = new HashMap<>();
    Map<String, Long> integers = new HashMap<>();
    for (AttributeProto a : node.getAttributeList()) {
      if (a.getType() == AttributeProto.AttributeType.FLOAT) {
        floats.put(a.getName(), a.getF());
      } else {
        integers.put(a.getName(), a.getI());
      }
    }
    assertThat(floats)
        .isEqualTo(Map.of("alpha", 0.8f, "beta", 0.95f, "epsilon", 1e-6f, "weight_decay", 0.02f));
    assertThat(integers).isEqualTo(Map.of("correct_bias", 1L, "adam_mode", 0L));
  }

  @Test
  void parametersGradientsAndMomentsAreSequencesOfFloats() {
    for (ValueInfoProto input :
        OptimizerModel.adamW(0.9, 0.999, 1e-8, 0.01).getGraph().getInputList().subList(2, 6)) {
      assertThat(input.getType().getSequenceType().getElemType().getTensorType().getElemType())
          .as(input.getName())
          .isEqualTo(1);
    }
  }
}
