package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxTensor;
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
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Tries out whether a device can be used, by a model of one convolution: the libraries of a GPU are
 * loaded, its memory is taken and its kernels are started by the first run only.
 */
final class DeviceCheck {
  private static final Shape IMAGE = Shape.of(1, 3, 16, 16);
  private static final Shape WEIGHTS = Shape.of(4, 3, 3, 3);

  private DeviceCheck() {}

  /**
   * Opens the model as a training would be, and runs it once. What it computes is not looked at.
   *
   * @throws NativeLibraryException if the libraries of the GPU, its driver or itself are missing,
   *     or it does not run a kernel
   */
  static void require(NativeRuntime runtime, SessionSettings settings) {
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(settings);
        OrtSession session = runtime.environment().createSession(model(), options);
        OnnxTensor image = zeros(runtime, IMAGE);
        OnnxTensor weights = zeros(runtime, WEIGHTS)) {
      session.run(Map.of("image", image, "weights", weights)).close();
    } catch (OrtException e) {
      if (settings.cuda().isPresent()) {
        throw SessionOptionsFactory.unusable(settings.cuda().get().device(), e);
      }
      throw new TrainingSessionException("cannot use " + settings, e);
    }
  }

  private static byte[] model() {
    Graph graph = new Graph();
    Value image = graph.input("image", TensorType.floats(IMAGE));
    Value weights = graph.input("weights", TensorType.floats(WEIGHTS));
    graph.output("output", Operators.conv(image, weights));
    return OnnxModel.withVariablesAsInputs("check", graph, List.of()).toByteArray();
  }

  private static OnnxTensor zeros(NativeRuntime runtime, Shape shape) throws OrtException {
    return OnnxTensor.createTensor(
        runtime.environment(), FloatBuffer.allocate((int) shape.elements()), shape.toLongArray());
  }
}
