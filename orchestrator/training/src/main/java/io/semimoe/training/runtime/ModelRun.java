package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** One run of an exported model. */
public final class ModelRun {
  private ModelRun() {}

  /**
   * Opens a model with one input, runs it once on the CPU and closes it; opening is the slow part.
   *
   * @param values values of the input, float32 in row-major order
   * @param shape shape of the input
   * @return values of the output of this name, float32 in row-major order
   * @throws TrainingSessionException if the model cannot be opened or run
   */
  public static float[] floats(
      Path model, String input, float[] values, long[] shape, String output, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options =
            SessionOptionsFactory.create(SessionSettings.cpu(threads));
        OrtSession session = environment.createSession(model.toString(), options);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      OnnxTensor found = (OnnxTensor) result.get(output).orElseThrow();
      FloatBuffer buffer = found.getFloatBuffer();
      float[] floats = new float[buffer.remaining()];
      buffer.get(floats);
      return floats;
    } catch (OrtException e) {
      throw new TrainingSessionException(model + " cannot be run: " + e.getMessage(), e);
    }
  }
}
