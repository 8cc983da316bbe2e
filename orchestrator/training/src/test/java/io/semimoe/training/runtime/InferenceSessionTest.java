package io.semimoe.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceSessionTest {
  private static final SessionSettings SETTINGS = SessionSettings.cpu(1);

  @Test
  void aRunThatNoMemorySufficesForSaysSo() throws Exception {
    Graph graph = new Graph();
    Value x = graph.input("x", TensorType.floats(Shape.of(1)));
    graph.output("y", graph.apply(new Expand(Shape.of(1 << 30, 1 << 20)), x));
    ModelProto petabytes = OnnxModel.withVariablesAsInputs("petabytes", graph, List.of());

    try (InferenceSession session = InferenceSession.open(petabytes, SETTINGS)) {
      assertThatThrownBy(() -> session.run(new float[] {1}, 1))
          .hasMessageContaining("the model 'petabytes' failed: ")
          .isInstanceOfSatisfying(
              TrainingSessionException.class, e -> assertThat(e.isOutOfMemory()).isTrue());
    }
  }

  @Test
  void aModelThatTheRuntimeRefusesIsNoLackOfMemory(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("empty.onnx"), new byte[0]);

    assertThatThrownBy(() -> InferenceSession.open(file, SETTINGS))
        .hasMessageContaining("empty.onnx' cannot be opened: ")
        .isInstanceOfSatisfying(
            TrainingSessionException.class, e -> assertThat(e.isOutOfMemory()).isFalse());
  }
}
