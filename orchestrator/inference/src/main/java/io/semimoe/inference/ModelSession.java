package io.semimoe.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The native session of an exported model: {@code input} float32 [N, 3, H, W], RGB 0..255, to
 * {@code output} float32 [N, 2, H, W], softmax probabilities.
 *
 * <p>Runs from several threads at once are allowed; closing waits for them.
 */
final class ModelSession implements AutoCloseable {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final int COLOURS = 3;
  private static final int FOREGROUND = 1;

  private final String name;
  private final OrtSession session;
  private final ModelDescription description;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private ModelSession(String name, OrtSession session, ModelDescription description) {
    this.name = name;
    this.session = session;
    this.description = description;
  }

  /** Makes the native session from a file or from bytes. */
  @FunctionalInterface
  interface Source {
    OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  /**
   * Loads and checks a model.
   *
   * @throws ModelException if ONNX Runtime cannot load it, or it is none of ours
   */
  static ModelSession open(String name, Source source, int threads) throws ModelException {
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setInterOpNumThreads(1);
      options.setIntraOpNumThreads(threads);
      session = source.open(OrtEnvironment.getEnvironment(), options);
      ModelDescription description =
          ModelDescription.parse(name, session.getMetadata().getCustomMetadata());
      int tile = description.tileSize();
      checkTensor(name, INPUT, session.getInputInfo(), COLOURS, tile);
      checkTensor(name, OUTPUT, session.getOutputInfo(), description.classes().size(), tile);
      ModelSession opened = new ModelSession(name, session, description);
      session = null;
      return opened;
    } catch (OrtException e) {
      throw new ModelException(
          name, "expected an ONNX model, ONNX Runtime cannot load it: " + e.getMessage(), e);
    } finally {
      closeQuietly(session);
    }
  }

  String name() {
    return name;
  }

  ModelDescription description() {
    return description;
  }

  /**
   * Foreground probability of an image at a size that the model takes.
   *
   * @throws IllegalStateException if the session is closed
   * @throws SegmentationException if the run fails or gives numbers that are not finite
   */
  FloatMap foreground(RgbImage image) {
    int pixels = image.width() * image.height();
    long[] shape = {1, COLOURS, image.height(), image.width()};
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + ": the segmenter is closed; open the model again");
      }
      try (OnnxTensor input =
              OnnxTensor.createTensor(
                  OrtEnvironment.getEnvironment(), FloatBuffer.wrap(planes(image)), shape);
          OrtSession.Result result = session.run(Map.of(INPUT, input))) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        float[] probability = new float[pixels];
        output.getFloatBuffer().get(FOREGROUND * pixels, probability);
        return new FloatMap(image.width(), image.height(), checkFinite(probability));
      }
    } catch (OrtException e) {
      throw new SegmentationException(
          name,
          "ONNX Runtime failed on an input of " + Arrays.toString(shape) + ": " + e.getMessage(),
          e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeQuietly(session);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Interleaved bytes to planes of floats 0..255. */
  private static float[] planes(RgbImage image) {
    byte[] rgb = image.rgb();
    int pixels = image.width() * image.height();
    float[] planes = new float[COLOURS * pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < COLOURS; c++) {
        planes[c * pixels + i] = rgb[i * COLOURS + c] & 0xff;
      }
    }
    return planes;
  }

  private float[] checkFinite(float[] probability) {
    for (float value : probability) {
      if (!Float.isFinite(value)) {
        throw new SegmentationException(
            name,
            "expected probabilities, found "
                + value
                + " in the output; were its weights diverged?");
      }
    }
    return probability;
  }

  private static void checkTensor(
      String model, String tensor, Map<String, NodeInfo> infos, int channels, int tile)
      throws ModelException {
    if (infos.size() != 1 || !infos.containsKey(tensor)) {
      throw new ModelException(
          model, "expected one tensor named " + tensor + ", found " + infos.keySet());
    }
    if (!(infos.get(tensor).getInfo() instanceof TensorInfo info)
        || info.type != OnnxJavaType.FLOAT
        || !fits(info.getShape(), channels, tile)) {
      throw new ModelException(
          model,
          String.format(
              "expected %s to be float32 [N, %d, H, W] with free sides or %d, found %s",
              tensor, channels, tile, infos.get(tensor).getInfo()));
    }
  }

  /** Whether a shape is [any, channels, tile or free, tile or free]; free is -1. */
  private static boolean fits(long[] shape, int channels, int tile) {
    return shape.length == 4
        && (shape[0] == -1 || shape[0] == 1)
        && shape[1] == channels
        && (shape[2] == -1 || shape[2] == tile)
        && (shape[3] == -1 || shape[3] == tile);
  }

  private static void closeQuietly(OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime failed to release a session", e);
      }
    }
  }
}
