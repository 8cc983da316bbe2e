package io.semimoe.inference;

import io.semimoe.dataset.raster.Java2dImages;
import io.semimoe.dataset.raster.Rasters;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;

/**
 * Segments images with an exported Semi-MoE model.
 *
 * <pre>{@code
 * try (Segmenter segmenter = Segmenter.open(Path.of("model.onnx"), SegmenterOptions.DEFAULT)) {
 *   Segmentation result = segmenter.segment(ImageIO.read(file));
 *   result.objects().objects().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Opening is slow (it reads and optimises the model), so keep a segmenter and share it: all
 * methods may be called from several threads at once. It holds native memory until it is closed;
 * whoever opened it closes it. Closing waits for the tiles that are being run; a segmentation of
 * further tiles then ends with an {@link IllegalStateException}.
 */
public final class Segmenter implements AutoCloseable {
  /** Most tiles whose gate weights are averaged for {@link Gates#IMAGE}. */
  static final int GATE_TILES = 16;

  /** Pixels whose samples one Java array holds. */
  private static final int MOST_WHOLE_PIXELS = Rasters.LARGEST_ARRAY / 3;

  /** Pixels may be so much larger or smaller than in training before an image is scaled. */
  private static final double MOST_SCALING = 1.1;

  private final ModelSession session;
  private final SegmenterOptions options;
  private final float threshold;
  private final ModelDescription.Prediction prediction;
  private final int tileSize;

  /** Room for tiles that need not be run twice, of all images that are segmented at once. */
  private final Semaphore sampleRoom;

  private Segmenter(ModelSession session, SegmenterOptions options) {
    this.session = session;
    this.options = options;
    ModelDescription description = session.description();
    threshold = (float) options.threshold().orElse(description.threshold());
    prediction = options.prediction().orElse(description.prediction());
    int multiple = description.layoutMultiple();
    boolean widened = prediction == ModelDescription.Prediction.TILES && !session.hasFixedSides();
    int smallest =
        widened ? (SegmenterOptions.SMALLEST_TILE + multiple - 1) / multiple * multiple : 1;
    tileSize = options.tileSize().orElse(Math.max(description.tileSize(), smallest));
    if (tileSize % multiple != 0) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a tile size that is a multiple of %d, found %d",
              session.name(), multiple, tileSize));
    }
    if (session.hasFixedSides() && tileSize != description.tileSize()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected its own tile size %d, found %d; model.onnx of the same export takes"
                  + " others",
              session.name(), description.tileSize(), tileSize));
    }
    sampleRoom = SampledTiles.room(tileSize);
  }

  /**
   * Opens a model file.
   *
   * @throws IllegalArgumentException if the model does not take the options' tile size
   * @throws ModelException if the file does not exist, is no ONNX model, was not exported by
   *     Semi-MoE and not described in the options, or cannot be run as the options say
   */
  public static Segmenter open(Path model, SegmenterOptions options) throws ModelException {
    if (!Files.isRegularFile(model)) {
      throw new ModelException(
          model.toString(), "expected a model file (.onnx), found no file at this path");
    }
    if (model.getFileSystem() != FileSystems.getDefault()) {
      return open(model.toString(), bytes(model), options);
    }
    return open(
        model.toString(),
        (environment, session) -> environment.createSession(model.toString(), session),
        options);
  }

  /**
   * Opens a model from the bytes of its file, for a model that comes out of a database.
   *
   * @throws IllegalArgumentException if the model does not take the options' tile size
   * @throws ModelException as {@link #open(Path, SegmenterOptions)}
   */
  public static Segmenter open(byte[] model, SegmenterOptions options) throws ModelException {
    return open("model of " + model.length + " bytes", model, options);
  }

  /**
   * Opens a model that is a resource on the class path.
   *
   * @param owner class whose {@link Class#getResourceAsStream} finds the resource
   * @param resource name as that method takes it
   * @throws IllegalArgumentException if the model does not take the options' tile size
   * @throws ModelException if there is no such resource, or as {@link #open(Path,
   *     SegmenterOptions)}
   */
  public static Segmenter open(Class<?> owner, String resource, SegmenterOptions options)
      throws ModelException {
    byte[] model;
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelException(
            resource,
            "expected a resource on the class path of "
                + owner
                + " or in a package that its module opens, found none");
      }
      model = in.readAllBytes();
    } catch (IOException e) {
      throw new ModelException(resource, "cannot be read: " + e.getMessage(), e);
    }
    return open(resource, model, options);
  }

  /** The file's content, for ONNX Runtime opens files of the default file system alone. */
  private static byte[] bytes(Path model) throws ModelException {
    try {
      return Files.readAllBytes(model);
    } catch (IOException e) {
      throw new ModelException(model.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Segmenter open(String name, byte[] model, SegmenterOptions options)
      throws ModelException {
    return open(name, (environment, session) -> environment.createSession(model, session), options);
  }

  static Segmenter open(String name, ModelSession.Source source, SegmenterOptions options)
      throws ModelException {
    ModelSession session = ModelSession.open(name, source, options);
    try {
      return new Segmenter(session, options);
    } catch (IllegalArgumentException e) {
      session.close();
      throw e;
    }
  }

  /** What the model says about itself. */
  public ModelDescription description() {
    return session.description();
  }

  /** How an image becomes inputs of the model: the way of the options, or the model's own. */
  public ModelDescription.Prediction prediction() {
    return prediction;
  }

  /** Side of a tile in pixels: that of the options, or the model's own as they describe it. */
  public int tileSize() {
    return tileSize;
  }

  /** The threshold in force: that of the options, or the model's own. */
  public float threshold() {
    return threshold;
  }

  /**
   * Segments an image of any size that fits into memory, with all its maps.
   *
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public Segmentation segment(RgbImage image) {
    return segment(image, OptionalDouble.empty(), Progress.NONE);
  }

  /**
   * Segments an image whose pixels have a known size: scaled by {@link #scale}, and its maps scaled
   * back. The result's {@link Segmentation#objects()} know that size too.
   *
   * @param micronsPerPixel side of a pixel in µm, if it is known
   * @param progress told after each tile
   * @throws IllegalArgumentException if the side of a pixel is not a positive number
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public Segmentation segment(RgbImage image, OptionalDouble micronsPerPixel, Progress progress) {
    int width = image.width();
    int height = image.height();
    RgbSource source = RgbSource.of(image).scaled(scale(micronsPerPixel));
    MapCollector maps = new MapCollector(width, height);
    try {
      Optional<GateWeights> weights = segment(source, width, height, maps, progress);
      return maps.segmentation(threshold, weights, micronsPerPixel);
    } catch (IOException e) {
      throw new IllegalStateException("an image in memory cannot fail to be read", e);
    }
  }

  /**
   * Segments an image of Java 2D, whose colours become RGB as those of files do in training: see
   * {@link Java2dImages#toRgb}. Alpha is laid on white.
   *
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public Segmentation segment(BufferedImage image) {
    return segment(image, OptionalDouble.empty());
  }

  /**
   * Segments an image of Java 2D whose pixels have a known size: scaled by {@link #scale}, and its
   * maps scaled back. The result's {@link Segmentation#objects()} know that size too.
   *
   * @param micronsPerPixel side of a pixel in µm, if it is known
   * @throws IllegalArgumentException if the side of a pixel is not a positive number
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public Segmentation segment(BufferedImage image, OptionalDouble micronsPerPixel) {
    return segment(Java2dImages.toRgb(image), micronsPerPixel, Progress.NONE);
  }

  /**
   * Segments an image of raw bytes.
   *
   * @param rgb uint8 [height, width, 3], not changed
   * @throws IllegalArgumentException if the sizes do not fit together
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public Segmentation segment(byte[] rgb, int width, int height) {
    return segment(new RgbImage(width, height, rgb));
  }

  /**
   * Segments an image that, with {@link ModelDescription.Prediction#TILES}, may be larger than the
   * memory: it is read tile by tile and only one row of tiles is kept of each map. With {@link
   * ModelDescription.Prediction#RESIZE} it is read whole.
   *
   * @param width columns of the maps, at least 1: those of the image, also where the source is the
   *     image scaled by {@link #scale}
   * @param height rows of the maps, at least 1
   * @param rows takes the maps from top to bottom
   * @param progress told after each tile
   * @return weights of the experts, the mean over the tiles if each has its own; none if the model
   *     does not give them
   * @throws IOException if the image cannot be read or a row cannot be kept
   * @throws IllegalArgumentException if a side is below 1, or with {@link
   *     ModelDescription.Prediction#RESIZE} the image has more samples than a Java array holds:
   *     choose {@link ModelDescription.Prediction#TILES}; or with tiles a row of them has more
   *     pixels than that: choose smaller ones
   * @throws IllegalStateException if this segmenter is closed, or the source gives a region of
   *     another size than it is asked for
   * @throws SegmentationException if the model fails while it runs
   */
  public Optional<GateWeights> segment(
      RgbSource source, int width, int height, MapRow.Consumer rows, Progress progress)
      throws IOException {
    boolean whole = prediction == ModelDescription.Prediction.RESIZE;
    check(source, width, height, whole);
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(progress, "progress");
    int seenWidth = whole ? tileSize : source.width();
    int seenHeight = whole ? tileSize : source.height();
    boolean same = width == seenWidth && height == seenHeight;
    MapRow.Consumer scaled =
        same ? rows : new ScaledRows(rows, seenWidth, seenHeight, width, height);
    return whole ? resized(source, scaled, progress) : tiled(source, scaled, progress);
  }

  private void check(RgbSource source, int width, int height, boolean whole) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          String.format("expected maps of at least 1×1 pixels, found %d×%d", width, height));
    }
    if (whole && (long) source.width() * source.height() > MOST_WHOLE_PIXELS) {
      throw new IllegalArgumentException(
          String.format(
              "expected an image of at most %d pixels to be read whole (RESIZE), found %d×%d;"
                  + " choose TILES",
              MOST_WHOLE_PIXELS, source.width(), source.height()));
    }
    if (!whole && (long) source.width() * tileSize > Rasters.LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          String.format(
              "expected an image at most %d pixels wide with tiles of %d, found %d; choose smaller"
                  + " tiles",
              Rasters.LARGEST_ARRAY / tileSize, tileSize, source.width()));
    }
  }

  /**
   * By how much an image is to be scaled to show the tissue as large as the images of the training
   * did: 1 unless it is covered with tiles and the pixels of both have a known size, one more than
   * a tenth larger than the other; trained networks bear that much.
   *
   * @param micronsPerPixel side of a pixel of the image in µm, if it is known
   * @return size of a pixel of the image, in pixels of the model
   * @throws IllegalArgumentException if the side of a pixel is not a positive number
   */
  public double scale(OptionalDouble micronsPerPixel) {
    double side = micronsPerPixel.orElse(1);
    if (!(side > 0 && side < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("expected pixels of a positive size in µm, found " + side);
    }
    OptionalDouble trained = session.description().micronsPerPixel();
    if (prediction == ModelDescription.Prediction.RESIZE
        || trained.isEmpty()
        || micronsPerPixel.isEmpty()) {
      return 1;
    }
    double scale = side / trained.getAsDouble();
    return Math.abs(Math.log(scale)) > Math.log(MOST_SCALING) ? scale : 1;
  }

  private Optional<GateWeights> tiled(RgbSource source, MapRow.Consumer rows, Progress progress)
      throws IOException {
    int overlap = (int) (options.overlap() * tileSize);
    TiledRun run = new TiledRun(session, source, tileSize, overlap, progress);
    if (options.gates() == Gates.IMAGE && run.tiles() > 1 && session.canFuse()) {
      return Optional.of(run.withMeanWeights(GATE_TILES, sampleRoom, rows));
    }
    return run.withOwnWeights(rows);
  }

  private Optional<GateWeights> resized(RgbSource source, MapRow.Consumer rows, Progress progress)
      throws IOException {
    RgbImage image = source.checkedRegion(0, 0, source.width(), source.height());
    TileMaps maps = session.run(Resize.bilinear(image, tileSize, tileSize));
    progress.tilesDone(1, 1);
    for (int y = 0; y < tileSize; y++) {
      rows.accept(maps.row(y));
    }
    return maps.gateWeights();
  }

  /** Releases the native session; closing twice does nothing. */
  @Override
  public void close() {
    session.close();
  }
}
