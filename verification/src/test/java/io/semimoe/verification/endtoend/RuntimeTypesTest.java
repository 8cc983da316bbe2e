package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeTypesTest {
  @Test
  void tellsTheTypesOfInputsAndOutputs() throws Exception {
    assertThat(RuntimeTypes.reported(TinyModel.build()))
        .isEqualTo(Map.of("x", "FLOAT[3, 2]", "z", "FLOAT[3, 2]"))
        .isEqualTo(DeclaredTypes.atTheEnds(TinyModel.build()));
  }

  @Test
  void tellsTheTypesOfAllTensorsOfARun() throws Exception {
    assertThat(RuntimeTypes.ofARun(TinyModel.build()))
        .isEqualTo(Map.of("y", "FLOAT[3, 2]", "z", "FLOAT[3, 2]"))
        .isEqualTo(DeclaredTypes.ofNodes(TinyModel.build()));
  }

  @Test
  void doesNotBelieveWhatTheModelDeclares() throws Exception {
    ModelProto.Builder model = TinyModel.build().toBuilder();
    model.getGraphBuilder().setValueInfo(0, TinyModel.floats("y", 2, 3));

    assertThat(DeclaredTypes.ofNodes(model.build())).containsEntry("y", "FLOAT[2, 3]");
    assertThat(RuntimeTypes.ofARun(model.build())).containsEntry("y", "FLOAT[3, 2]");
  }
}
