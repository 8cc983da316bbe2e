package io.semimoe.training.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.util.List;

/** Tries out whether a device can be used, by a model of one addition. */
final class DeviceCheck {
  private DeviceCheck() {}

  /**
   * Opens the model as a training would be.
   *
   * @throws NativeLibraryException if the libraries of the GPU, its driver or itself are missing
   */
  static void require(NativeRuntime runtime, SessionSettings settings) {
    Graph graph = new Graph();
    Value x = graph.input("x", TensorType.floats(Shape.of(1)));
    graph.output("y", Operators.add(x, x));
    byte[] model = OnnxModel.withVariablesAsInputs("check", graph, List.of()).toByteArray();
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(settings);
        OrtSession session = runtime.environment().createSession(model, options)) {
      session.getInputNames();
    } catch (OrtException e) {
      if (settings.cuda().isPresent()) {
        throw SessionOptionsFactory.unusable(settings.cuda().get().device(), e);
      }
      throw new TrainingSessionException("cannot use " + settings, e);
    }
  }
}
