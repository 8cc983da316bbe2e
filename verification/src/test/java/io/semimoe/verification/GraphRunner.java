package io.semimoe.verification;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Value;
import io.semimoe.graph.Variable;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.ElementType;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Runs a {@link Graph} in ONNX Runtime on the {@link TestDevice}, one thread. Inputs, parameters
 * and states are all fed anew on every run, so that one runner serves a whole difference quotient.
 *
 * <p>The training-enabled library is loaded, for only it has the gradient operators. Values of any
 * element type are given and returned as floats in row-major order; for a bool, whatever is not 0
 * is true.
 *
 * <p>Holds native memory until {@link #close()}.
 */
public final class GraphRunner implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<Value> fed;

  private GraphRunner(OrtEnvironment environment, OrtSession session, List<Value> fed) {
    this.environment = environment;
    this.session = session;
    this.fed = fed;
  }

  /** Makes a runner of the outputs that the graph has now; at least one is needed. */
  public static GraphRunner open(Graph graph) {
    return open(graph, UnaryOperator.identity());
  }

  /** Makes a runner of another form of the model, with the same inputs and outputs. */
  static GraphRunner open(Graph graph, UnaryOperator<ModelProto> form) {
    List<Variable> variables =
        Stream.concat(graph.parameters().stream(), graph.states().stream()).toList();
    List<Value> fed = new ArrayList<>(graph.inputs());
    variables.forEach(v -> fed.add(v.value()));
    ModelProto portable = OnnxModel.withVariablesAsInputs("test", graph, variables);
    byte[] model = form.apply(portable).toByteArray();
    OrtEnvironment environment = NativeLibraries.load().environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      TestDevice.choose(options);
      return new GraphRunner(environment, environment.createSession(model, options), fed);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the graph: " + e.getMessage(), e);
    }
  }

  /** Runs a graph once; a runner that is kept is cheaper if there is more to run. */
  public static Map<String, float[]> run(Graph graph, Map<String, float[]> values) {
    try (GraphRunner runner = open(graph)) {
      return runner.run(values);
    }
  }

  /**
   * Runs the graph.
   *
   * @param values content of every input, parameter and state by its name; other names are ignored
   * @return the outputs by name, in the graph's order
   * @throws IllegalArgumentException if a value is missing or has the wrong number of elements
   */
  public Map<String, float[]> run(Map<String, float[]> values) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Value value : fed) {
        tensors.put(value.name(), tensor(value, values.get(value.name())));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), floats((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the graph cannot be run: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** Releases the session. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the session cannot be closed", e);
    }
  }

  private OnnxTensor tensor(Value value, float[] content) throws OrtException {
    long[] dims = value.shape().toLongArray();
    if (content == null || content.length != value.shape().elements()) {
      throw new IllegalArgumentException(
          value + ": found " + (content == null ? "nothing" : content.length + " elements"));
    }
    if (value.type().element() == ElementType.FLOAT) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(content), dims);
    }
    if (value.type().element() == ElementType.INT64) {
      LongBuffer longs = LongBuffer.allocate(content.length);
      for (float element : content) {
        longs.put((long) element);
      }
      return OnnxTensor.createTensor(environment, longs.flip(), dims);
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(content.length).order(ByteOrder.nativeOrder());
    for (float element : content) {
      bytes.put((byte) (element == 0 ? 0 : 1));
    }
    return OnnxTensor.createTensor(environment, bytes.flip(), dims, OnnxJavaType.BOOL);
  }

  private static float[] floats(OnnxTensor tensor) {
    OnnxJavaType type = tensor.getInfo().type;
    float[] out = new float[Math.toIntExact(tensor.getInfo().getNumElements())];
    switch (type) {
      case FLOAT -> tensor.getFloatBuffer().get(out);
      case INT64 -> {
        LongBuffer longs = tensor.getLongBuffer();
        for (int i = 0; i < out.length; i++) {
          out[i] = longs.get(i);
        }
      }
      case BOOL -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        for (int i = 0; i < out.length; i++) {
          out[i] = bytes.get(i);
        }
      }
      default -> throw new IllegalStateException("unexpected element type " + type);
    }
    return out;
  }
}
