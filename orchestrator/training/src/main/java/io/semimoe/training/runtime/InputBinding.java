package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.google.common.primitives.Longs;
import io.semimoe.graph.op.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One input of a model with the direct memory it is fed from. Memory and tensor are made by the
 * first step and kept.
 */
final class InputBinding implements AutoCloseable {
  private final OrtEnvironment environment;
  private final InputSpec spec;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private FloatBuffer floats = bytes.asFloatBuffer();
  private OnnxTensor tensor;

  InputBinding(OrtEnvironment environment, InputSpec spec) {
    this.environment = environment;
    this.spec = spec;
  }

  InputSpec spec() {
    return spec;
  }

  /**
   * Checks type and shape of {@code feed}.
   *
   * @throws IllegalArgumentException if they are not what the model declares
   */
  void check(Feed feed, String where) {
    ElementType type = feed instanceof Feed.Flags ? ElementType.BOOL : ElementType.FLOAT;
    List<Long> shape = Longs.asList(feed.shape());
    if (type != spec.type() || !shape.equals(spec.shape())) {
      throw new IllegalArgumentException(
          where + ": expected input " + spec + ", found " + type.name() + shape);
    }
  }

  /**
   * Copies {@code feed}, which was checked, into the tensor of this input.
   *
   * @return the tensor, owned by this binding and valid until the next call
   */
  OnnxTensor fill(Feed feed) throws OrtException {
    if (tensor == null) {
      allocate(feed.shape());
    }
    if (feed instanceof Feed.Floats given) {
      floats.put(0, given.values());
    } else if (feed instanceof Feed.Flags given) {
      boolean[] values = given.values();
      for (int i = 0; i < values.length; i++) {
        bytes.put(i, (byte) (values[i] ? 1 : 0));
      }
    }
    return tensor;
  }

  private void allocate(long[] shape) throws OrtException {
    int elements = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    boolean isFloat = spec.type() == ElementType.FLOAT;
    int size = isFloat ? Math.multiplyExact(elements, Float.BYTES) : elements;
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
    tensor =
        isFloat
            ? OnnxTensor.createTensor(environment, floats, shape)
            : OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.BOOL);
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }
}
