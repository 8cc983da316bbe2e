package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * One input of a model with the direct memory it is fed from. Memory and tensor are kept from step
 * to step and replaced only when the shape changes.
 */
final class InputBinding implements AutoCloseable {
  private final OrtEnvironment environment;
  private final InputSpec spec;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private FloatBuffer floats = bytes.asFloatBuffer();
  private long[] shape = {};
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
    long[] found = feed.shape();
    if (type != spec.type() || !spec.accepts(found)) {
      throw new IllegalArgumentException(
          where + ": expected input " + spec + ", found " + type + Arrays.toString(found));
    }
  }

  /**
   * Copies {@code feed} into the tensor of this input.
   *
   * @return the tensor, owned by this binding and valid until the next call
   */
  OnnxTensor fill(Feed feed) throws OrtException {
    if (tensor == null || !Arrays.equals(shape, feed.shape())) {
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

  private void allocate(long[] newShape) throws OrtException {
    close();
    int elements = Math.toIntExact(Arrays.stream(newShape).reduce(1, Math::multiplyExact));
    boolean isFloat = spec.type() == ElementType.FLOAT;
    int size = isFloat ? Math.multiplyExact(elements, Float.BYTES) : elements;
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
    tensor =
        isFloat
            ? OnnxTensor.createTensor(environment, floats, newShape)
            : OnnxTensor.createTensor(environment, bytes, newShape, OnnxJavaType.BOOL);
    shape = newShape;
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }
}
