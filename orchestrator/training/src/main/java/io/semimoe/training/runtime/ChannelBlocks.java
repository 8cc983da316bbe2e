package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.semimoe.graph.kernel.CpuKernels;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many channels the CPU kernels of ONNX Runtime put into a block, which depends on the
 * processor: 8 with AVX or AVX2, 16 with AVX-512. Found out by letting them lay out a small image.
 */
public final class ChannelBlocks {
  private static final int CHANNELS = 64;

  private ChannelBlocks() {}

  /** Returns the number of channels, or nothing if the processor has no such kernels. */
  public static OptionalInt size(NativeRuntime runtime) {
    OrtEnvironment environment = runtime.environment();
    float[] numbers = new float[2 * CHANNELS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    ModelProto model = CpuKernels.layoutOf(CHANNELS, 2);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(model.toByteArray(), options);
        OnnxTensor image =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(numbers), new long[] {1, CHANNELS, 1, 2});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), image))) {
      FloatBuffer blocked = ((OnnxTensor) result.get(0)).getFloatBuffer();
      // The second pixel of the first channel comes after the first pixels of one block.
      for (int block = 2; block < CHANNELS; block++) {
        if (blocked.get(block) == 1) {
          return OptionalInt.of(block);
        }
      }
      return OptionalInt.empty();
    } catch (OrtException e) {
      return OptionalInt.empty();
    }
  }
}
