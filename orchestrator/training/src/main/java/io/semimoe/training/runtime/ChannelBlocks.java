package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.semimoe.graph.kernel.BlockedConvolutions;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many channels the CPU kernels of ONNX Runtime put into a block, which depends on the
 * processor: 8 with AVX or AVX2, 16 with AVX-512. Found out by letting them lay out a small image.
 */
public final class ChannelBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelBlocks.class);
  private static final String CONSEQUENCE = "training and evaluation will be slower";
  private static final int CHANNELS = 64;

  private ChannelBlocks() {}

  /**
   * Returns the number of channels, or nothing, with a warning in the log, if the runtime has no
   * such kernels for this processor.
   */
  public static OptionalInt size(NativeRuntime runtime) {
    OrtEnvironment environment = runtime.environment();
    float[] numbers = new float[2 * CHANNELS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    ModelProto model = BlockedConvolutions.layoutOf(CHANNELS, 2);
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
      LOG.warn("The runtime does not lay out channels in blocks; {}", CONSEQUENCE);
    } catch (OrtException e) {
      LOG.warn(
          "The runtime has no kernels for channels in blocks; {}: {}", CONSEQUENCE, e.getMessage());
    }
    return OptionalInt.empty();
  }
}
