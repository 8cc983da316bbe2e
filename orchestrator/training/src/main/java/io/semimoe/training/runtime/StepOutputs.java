package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step returned, as Java arrays: nothing native is held. Only float32 outputs can be
 * returned.
 */
public final class StepOutputs {
  private final Map<String, float[]> values;

  private StepOutputs(Map<String, float[]> values) {
    this.values = values;
  }

  /** Copies the outputs out, each once. */
  static StepOutputs copyOf(OrtSession.Result result) throws OrtException {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Map.Entry<String, OnnxValue> output : result) {
      if (!(output.getValue() instanceof OnnxTensor tensor)) {
        throw new OrtException("output '" + output.getKey() + "' is not a tensor");
      }
      if (tensor.getInfo().type != OnnxJavaType.FLOAT) {
        throw new OrtException(
            "output '"
                + output.getKey()
                + "' has element type "
                + tensor.getInfo().type
                + ", only FLOAT can be returned; put a Cast behind it");
      }
      values.put(output.getKey(), tensor.getFloatBuffer().array());
    }
    return new StepOutputs(values);
  }

  /**
   * Returns the elements of an output in row-major order: the array itself, owned by these outputs
   * and free to be changed by the caller.
   *
   * @throws IllegalArgumentException if the model has no such output
   */
  public float[] floats(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no output '" + name + "', the model has " + values.keySet());
    }
    return found;
  }
}
