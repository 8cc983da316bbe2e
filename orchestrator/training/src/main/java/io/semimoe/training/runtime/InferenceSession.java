package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.semimoe.dataset.DataException;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A self-contained model with one input. The runtime prepares its weights for the processor when it
 * opens it, which takes seconds for 100 million parameters, so it pays for many runs.
 *
 * <p>Not thread-safe. Holds native memory and threads until {@link #close()}.
 */
public final class InferenceSession implements AutoCloseable {
  private final NativeRuntime runtime;
  private final OrtSession session;
  private final String model;
  private boolean closed;

  private InferenceSession(NativeRuntime runtime, OrtSession session, String model) {
    this.runtime = runtime;
    this.session = session;
    this.model = model;
  }

  /**
   * Opens a model, by way of a temporary file, so that its bytes are not on the heap once more.
   *
   * @throws DataException if the temporary file cannot be written
   * @throws NativeLibraryException if the native libraries or the device cannot be used
   * @throws TrainingSessionException if ONNX Runtime refuses the model
   */
  public static InferenceSession open(ModelProto model, SessionSettings settings)
      throws DataException {
    try (TemporaryModels files = TemporaryModels.create()) {
      return open(files.write("model.onnx", model), model.getGraph().getName(), settings);
    }
  }

  /**
   * Opens the model of a file.
   *
   * @throws NativeLibraryException if the native libraries or the device cannot be used
   * @throws TrainingSessionException if ONNX Runtime refuses the model
   */
  public static InferenceSession open(Path file, SessionSettings settings) {
    return open(file, file.toString(), settings);
  }

  private static InferenceSession open(Path file, String name, SessionSettings settings) {
    NativeRuntime runtime = NativeLibraries.load();
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(settings)) {
      return new InferenceSession(
          runtime, runtime.environment().createSession(file.toString(), options), name);
    } catch (OrtException e) {
      throw failure(name, "cannot be opened", e);
    }
  }

  /**
   * Runs the model.
   *
   * @param elements elements of its input in row-major order
   * @param shape dimensions of its input
   * @throws TrainingSessionException if ONNX Runtime fails
   */
  public StepOutputs run(float[] elements, long... shape) {
    String input = session.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(runtime.environment(), FloatBuffer.wrap(elements), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return StepOutputs.copyOf(result);
    } catch (OrtException e) {
      throw failure(model, "failed", e);
    }
  }

  private static TrainingSessionException failure(String model, String what, OrtException e) {
    return new TrainingSessionException("the model '" + model + "' " + what, e);
  }

  /** Releases the native session. Does nothing when called again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        session.close();
      } catch (OrtException e) {
        throw failure(model, "cannot be released", e);
      }
    }
  }
}
