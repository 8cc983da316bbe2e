package io.semimoe.graph.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the runtime recognises by name and position. */
class OptimizerModelTest {
  @Test
  void sgdTakesOneMoment() {
    GraphProto graph = OptimizerModel.of(new Optimizer.Sgd(0.9, 5e-5)).getGraph();
    assertThat(graph.getInputList())
        .extracting(ValueInfoProto::getName)
        .containsExactly("learning_rate", "step", "params", "gradients", "first_order_moments");
    List<NodeProto> descents =
        graph.getNodeList().stream().filter(n -> n.getOpType().equals("SGDOptimizerV2")).toList();
    assertThat(descents).as("the runtime accepts one").hasSize(1);
    assertThat(descents.get(0).getInputList().subList(0, 3))
        .containsExactly("learning_rate", "params", "first_order_moments");
    assertThat(descents.get(0).getOutputList()).containsExactly(graph.getOutput(0).getName());
  }

  @Test
  void velocitiesAreSlowedDecayedAndMovedInThisOrder() {
    GraphProto graph = OptimizerModel.of(new Optimizer.Sgd(0.75, 0.125)).getGraph();
    NodeProto choice =
        graph.getNodeList().stream().filter(n -> n.getOpType().equals("If")).findFirst().get();
    GraphProto branch = choice.getAttribute(0).getG();
    List<NodeProto> descents = branch.getNodeList().subList(0, 3);
    assertThat(choice.getAttribute(0).getName()).isEqualTo("then_branch");
    Map<String, Float> factors = new HashMap<>();
    branch.getInitializerList().stream()
        .filter(t -> t.getDataType() == TensorProto.DataType.FLOAT_VALUE)
        .forEach(
            t ->
                factors.put(
                    t.getName(),
                    t.getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat()));
    assertThat(descents)
        .extracting(n -> factors.get(n.getInput(0)))
        .containsExactly(0.25f, -0.125f, -1f);
    assertThat(descents).extracting(n -> n.getInput(1)).containsOnly("first_order_moments");
    assertThat(descents)
        .extracting(n -> n.getInput(2))
        .containsExactly("first_order_moments", "params", "gradients");
    // Each waits for the one before, and the step for the last.
    assertThat(branch.getNode(1).getInput(3)).isEqualTo(branch.getNode(0).getOutput(0));
    assertThat(branch.getNode(2).getInput(3)).isEqualTo(branch.getNode(1).getOutput(0));
    assertThat(branch.getNode(3).getInput(0)).isEqualTo(branch.getNode(2).getOutput(0));
    assertThat(branch.getOutput(0).getName()).isEqualTo(branch.getNode(3).getOutput(0));
    assertThat(graph.getNode(graph.getNodeCount() - 1).getInput(3)).isEqualTo(choice.getOutput(0));
  }

  @Test
  void adamWTakesTwoMomentsAndItsConstants() {
    GraphProto graph = OptimizerModel.of(new Optimizer.AdamW(0.8, 0.95, 1e-6, 0.02)).getGraph();
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
        OptimizerModel.of(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01))
            .getGraph()
            .getInputList()
            .subList(2, 6)) {
      assertThat(input.getType().getSequenceType().getElemType().getTensorType().getElemType())
          .as(input.getName())
          .isEqualTo(1);
    }
  }
}
