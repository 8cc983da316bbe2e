package io.semimoe.inference;

import static io.semimoe.inference.ModelTensors.BOUNDARY;
import static io.semimoe.inference.ModelTensors.CLASSES;
import static io.semimoe.inference.ModelTensors.COLOURS;
import static io.semimoe.inference.ModelTensors.DISTANCE;
import static io.semimoe.inference.ModelTensors.EXPERT_LOGITS;
import static io.semimoe.inference.ModelTensors.GATE_WEIGHTS;
import static io.semimoe.inference.ModelTensors.INPUT;
import static io.semimoe.inference.ModelTensors.LOGITS;
import static io.semimoe.inference.ModelTensors.OUTPUT;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The native session of an exported model: {@code input} float32 [N, 3, H, W], RGB 0..255, to
 * {@code output} float32 [N, 2, H, W], softmax probabilities; distance, boundary, gate weights and
 * expert logits as well if the model has them.
 *
 * <p>Runs from several threads at once are allowed; closing waits for them, and later ones are
 * refused.
 */
final class ModelSession implements AutoCloseable {
  /** Rounding may carry a value so far beyond its range. */
  private static final float TOLERANCE = 1e-3f;

  private final String name;
  private final OrtSession session;
  private final ModelDescription description;
  private final Set<String> outputs;
  private final boolean fixedSides;
  private final boolean mirrored;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private ModelSession(
      String name, OrtSession session, ModelDescription description, boolean mirrored)
      throws OrtException {
    this.name = name;
    this.session = session;
    this.description = description;
    this.mirrored = mirrored;
    this.outputs = session.getOutputNames();
    TensorInfo input = (TensorInfo) session.getInputInfo().get(INPUT).getInfo();
    this.fixedSides = input.getShape()[2] != -1 || input.getShape()[3] != -1;
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
  static ModelSession open(String name, Source source, SegmenterOptions chosen)
      throws ModelException {
    // First of all: the options of CUDA log through it.
    OrtEnvironment environment = environment(name);
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setInterOpNumThreads(1);
      options.setIntraOpNumThreads(chosen.threads());
      if (chosen.cudaDevice().isPresent()) {
        addCuda(name, options, chosen.cudaDevice().getAsInt());
      }
      session = source.open(environment, options);
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      ModelDescription description =
          chosen.description().isPresent()
              ? chosen.description().get()
              : ModelDescription.parse(name, metadata);
      ModelTensors.check(name, session, description.tileSize());
      ModelSession opened = new ModelSession(name, session, description, chosen.mirrored());
      session = null;
      return opened;
    } catch (OrtException e) {
      throw new ModelException(
          name,
          "expected an ONNX model, ONNX Runtime cannot load it: "
              + e.getMessage().strip()
              + "; copy it again if it is damaged or cut off, else export it again",
          e);
    } finally {
      closeQuietly(session);
    }
  }

  /** Loads the natives; what cannot be loaded is an error of linkage in one way or another. */
  private static OrtEnvironment environment(String model) throws ModelException {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new ModelException(
          model,
          String.format(
              "expected natives of ONNX Runtime that load on %s %s, found none (%s); for Macs name"
                  + " onnxruntime 1.24.2 or later, else let java.io.tmpdir be a folder that may hold"
                  + " programs, or unpack them and set onnxruntime.native.path",
              System.getProperty("os.name"), System.getProperty("os.arch"), reason),
          e);
    }
  }

  String name() {
    return name;
  }

  ModelDescription description() {
    return description;
  }

  /** Whether the model takes inputs of the tile size alone. */
  boolean hasFixedSides() {
    return fixedSides;
  }

  /** Whether the mirror images of an image are run too. */
  boolean isMirrored() {
    return mirrored;
  }

  /** Whether an image can be fused with other gate weights than those of its tile. */
  boolean canFuse() {
    return outputs.containsAll(List.of(GATE_WEIGHTS, EXPERT_LOGITS));
  }

  /**
   * Runs the model on an image at a size that it takes, with the gate weights of that image; on its
   * mirror images too if the options say so.
   *
   * @throws IllegalStateException if the session is closed
   * @throws SegmentationException if the run fails or gives numbers that are not finite
   */
  TileMaps run(RgbImage image) {
    TileMaps upright = once(image);
    return mirrored ? Mirroring.mean(image, upright, this::once) : upright;
  }

  private TileMaps once(RgbImage image) {
    Set<String> wanted = new HashSet<>(outputs);
    wanted.retainAll(Set.of(OUTPUT, DISTANCE, BOUNDARY, GATE_WEIGHTS));
    return run(image, wanted, result -> maps(image, result));
  }

  private TileMaps maps(RgbImage image, OrtSession.Result result) {
    int pixels = image.width() * image.height();
    float[] classes = floats(result, OUTPUT, CLASSES * pixels);
    float[] foreground = Arrays.copyOfRange(classes, pixels, 2 * pixels);
    return new TileMaps(
        map(image, inRange(OUTPUT, 0, foreground)),
        optional(result, DISTANCE, -1, image),
        optional(result, BOUNDARY, 0, image),
        result.get(GATE_WEIGHTS).isPresent() ? Optional.of(gateWeights(result)) : Optional.empty());
  }

  /**
   * Runs the model on an image, not on its mirror images, and returns what the experts vote.
   *
   * @throws IllegalStateException if the session is closed
   * @throws SegmentationException if the run fails
   */
  ExpertVotes votes(RgbImage image) {
    int elements = LOGITS * image.width() * image.height();
    return run(
        image,
        Set.of(EXPERT_LOGITS, GATE_WEIGHTS),
        result ->
            new ExpertVotes(image, floats(result, EXPERT_LOGITS, elements), gateWeights(result)));
  }

  /**
   * Fuses votes with the weights given; if the options say so, those on the mirror images too, on
   * which the model is run for that.
   *
   * @throws IllegalStateException if the model is to be run and the session is closed
   * @throws SegmentationException if a run fails or the maps have numbers that are not finite
   */
  TileMaps fuse(ExpertVotes votes, GateWeights weights) {
    TileMaps upright = fuseOnce(votes, weights);
    return mirrored
        ? Mirroring.mean(votes.image(), upright, mirror -> fuseOnce(votes(mirror), weights))
        : upright;
  }

  private TileMaps fuseOnce(ExpertVotes votes, GateWeights weights) {
    TileMaps maps = votes.fuse(weights);
    // Of numbers that are not finite, the fused maps are none either.
    inRange(OUTPUT, 0, maps.probability().values());
    maps.distance().ifPresent(map -> inRange(DISTANCE, -1, map.values()));
    maps.boundary().ifPresent(map -> inRange(BOUNDARY, 0, map.values()));
    // Votes make all maps; what the model itself does not give, it gives for no image.
    return new TileMaps(
        maps.probability(),
        maps.distance().filter(map -> outputs.contains(DISTANCE)),
        maps.boundary().filter(map -> outputs.contains(BOUNDARY)),
        maps.gateWeights());
  }

  /** Reads what is needed from the outputs of a run, which are released afterwards. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(OrtSession.Result result);
  }

  private <T> T run(RgbImage image, Set<String> wanted, Reader<T> reader) {
    long[] shape = {1, COLOURS, image.height(), image.width()};
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + ": the segmenter is closed; open the model again");
      }
      try (OnnxTensor input = input(image, shape);
          OrtSession.Result result = session.run(Map.of(INPUT, input), wanted)) {
        return reader.read(result);
      }
    } catch (OrtException e) {
      throw new SegmentationException(
          name,
          "ONNX Runtime failed on an input of " + Arrays.toString(shape) + ": " + e.getMessage(),
          RuntimeFailure.isOutOfMemory(e),
          e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The image as a tensor, whose memory lies outside the heap and has a limit of its own. */
  private OnnxTensor input(RgbImage image, long[] shape) throws OrtException {
    FloatBuffer planes = FloatBuffer.wrap(image.planes());
    try {
      return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), planes, shape);
    } catch (OutOfMemoryError e) {
      throw new SegmentationException(
          name,
          "no memory for an input of "
              + Arrays.toString(shape)
              + ": "
              + e.getMessage()
              + "; take smaller tiles or raise -XX:MaxDirectMemorySize",
          true,
          e);
    }
  }

  private GateWeights gateWeights(OrtSession.Result result) {
    return new GateWeights(floats(result, GATE_WEIGHTS, GateWeights.COUNT));
  }

  private Optional<FloatMap> optional(
      OrtSession.Result result, String output, int least, RgbImage image) {
    return result.get(output).isPresent()
        ? Optional.of(
            map(
                image,
                inRange(output, least, floats(result, output, image.width() * image.height()))))
        : Optional.empty();
  }

  private static FloatMap map(RgbImage image, float[] values) {
    return new FloatMap(image.width(), image.height(), values);
  }

  private float[] floats(OrtSession.Result result, String output, int count) {
    FloatBuffer found = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
    if (found.remaining() != count) {
      throw new SegmentationException(
          name,
          String.format(
              "expected %d numbers in the output %s, found %d; export the model again",
              count, output, found.remaining()));
    }
    float[] values = new float[count];
    found.get(values);
    return values;
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

  /** Refuses what is not a number from {@code least} to 1, and takes rounding errors away. */
  private float[] inRange(String output, int least, float[] values) {
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      if (!(value >= least - TOLERANCE && value <= 1 + TOLERANCE)) {
        throw new SegmentationException(
            name,
            String.format(
                "expected numbers from %d to 1 in the output %s, found %s; have its weights"
                    + " diverged, or is the file damaged? Copy or export it again",
                least, output, value));
      }
      values[i] = Math.max(least, Math.min(1, value));
    }
    return values;
  }

  private static void addCuda(String model, OrtSession.SessionOptions options, int device)
      throws ModelException {
    try {
      options.addCUDA(device);
    } catch (OrtException e) {
      throw new ModelException(
          model,
          "expected a runtime with CUDA for device "
              + device
              + ", found none ("
              + e.getMessage().strip()
              + "); put onnxruntime_gpu in place of onnxruntime on the class path, with CUDA and"
              + " cuDNN installed, or run on the CPU",
          e);
    }
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
