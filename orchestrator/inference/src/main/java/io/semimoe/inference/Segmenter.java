package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Segments images with an exported Semi-MoE model.
 *
 * <pre>{@code
 * try (Segmenter segmenter = Segmenter.open(Path.of("model.onnx"), SegmenterOptions.DEFAULT)) {
 *   Segmentation result = segmenter.segment(image);
 * }
 * }</pre>
 *
 * <p>Opening is slow (it reads and optimises the model), so keep a segmenter and share it: {@link
 * #segment} may be called from several threads at once. It holds native memory until it is closed;
 * whoever opened it closes it, and closing waits for the calls that are running.
 */
public final class Segmenter implements AutoCloseable {
  private final ModelSession session;
  private final float threshold;

  private Segmenter(ModelSession session, SegmenterOptions options) {
    this.session = session;
    this.threshold = (float) options.threshold().orElse(session.description().threshold());
  }

  /**
   * Opens a model file.
   *
   * @throws ModelException if the file does not exist, is no ONNX model, or was not exported by
   *     Semi-MoE
   */
  public static Segmenter open(Path model, SegmenterOptions options) throws ModelException {
    if (!Files.isRegularFile(model)) {
      throw new ModelException(
          model.toString(), "expected a model file (.onnx), found no file at this path");
    }
    return open(
        model.toString(),
        (environment, session) -> environment.createSession(model.toString(), session),
        options);
  }

  /**
   * Opens a model from the bytes of its file, for a model that comes out of a jar or a database.
   *
   * @throws ModelException if the bytes are no ONNX model, or it was not exported by Semi-MoE
   */
  public static Segmenter open(byte[] model, SegmenterOptions options) throws ModelException {
    return open(
        "model of " + model.length + " bytes",
        (environment, session) -> environment.createSession(model, session),
        options);
  }

  private static Segmenter open(String name, ModelSession.Source source, SegmenterOptions options)
      throws ModelException {
    return new Segmenter(ModelSession.open(name, source, options.threads()), options);
  }

  /** What the model says about itself. */
  public ModelDescription description() {
    return session.description();
  }

  /** The threshold in force: that of the options, or the model's own. */
  public float threshold() {
    return threshold;
  }

  /**
   * Segments an image of any size: resizes it bilinearly to the tile size, runs the model, resizes
   * the probabilities back to the image's own size.
   *
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public Segmentation segment(RgbImage image) {
    int tile = description().tileSize();
    FloatMap probability = session.foreground(Resize.bilinear(image, tile, tile));
    return Segmentation.of(Resize.bilinear(probability, image.width(), image.height()), threshold);
  }

  /**
   * Runs the model on an image of exactly the tile size, without resizing.
   *
   * @param tile RGB image of {@code tileSize}×{@code tileSize} pixels
   * @return foreground probability, {@code float32 [tileSize, tileSize]} in [0, 1]
   * @throws IllegalArgumentException if the image has another size
   * @throws IllegalStateException if this segmenter is closed
   * @throws SegmentationException if the model fails while it runs
   */
  public FloatMap probability(RgbImage tile) {
    int size = description().tileSize();
    if (tile.width() != size || tile.height() != size) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a tile of %d×%d pixels, found %d×%d; segment() takes any size",
              session.name(), size, size, tile.width(), tile.height()));
    }
    return session.foreground(tile);
  }

  /** Releases the native session; closing twice does nothing. */
  @Override
  public void close() {
    session.close();
  }
}
