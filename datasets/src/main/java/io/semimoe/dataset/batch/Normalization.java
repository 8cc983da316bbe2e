package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Arrays;
import java.util.List;

/**
 * The per-channel normalisation {@code (sample / 255 − mean) / std} of RGB images. Immutable.
 *
 * <p>Two values are equal if their means and standard deviations are.
 */
public final class Normalization {
  /**
   * The paper's values for GlaS. The standard deviation is not that of the pixels (.168 .248 .132),
   * but what the published models were trained with.
   */
  public static final Normalization GLAS =
      new Normalization(
          new float[] {.787803f, .512017f, .784938f}, new float[] {.428206f, .507778f, .426366f});

  /** The paper's values for CRAG. */
  public static final Normalization CRAG =
      new Normalization(
          new float[] {.8306555f, .7223692f, .8572969f},
          new float[] {.11995327f, .15234795f, .09136074f});

  private static final int CHANNELS = 3;
  private static final List<String> NAMES = List.of("red", "green", "blue");

  private final float[] mean;
  private final float[] std;
  private final float[][] table = new float[CHANNELS][256];

  /**
   * Creates a normalisation from copies of the arrays.
   *
   * @param mean red, green and blue mean, in units of the full range 255
   * @param std red, green and blue standard deviation, likewise; positive
   * @throws IllegalArgumentException if an array does not hold three finite values, or a standard
   *     deviation is not positive
   */
  public Normalization(float[] mean, float[] std) {
    checkArgument(
        mean.length == CHANNELS && std.length == CHANNELS,
        "normalisation: expected 3 means and 3 standard deviations, found %s and %s",
        mean.length,
        std.length);
    this.mean = mean.clone();
    this.std = std.clone();
    for (int c = 0; c < CHANNELS; c++) {
      checkArgument(
          Float.isFinite(mean[c]) && Float.isFinite(std[c]) && std[c] > 0,
          "normalisation: expected a finite mean and a positive standard deviation of channel %s,"
              + " found %s and %s",
          c,
          mean[c],
          std[c]);
      for (int value = 0; value < 256; value++) {
        table[c][value] = (value / 255f - mean[c]) / std[c];
      }
    }
  }

  /**
   * Measures mean and standard deviation over all pixels of {@code images} (population form, double
   * precision).
   *
   * @throws IllegalArgumentException if there are no images
   * @throws DataException if a channel is constant
   */
  public static Normalization measure(Iterable<RgbImage> images) throws DataException {
    double[] sum = new double[CHANNELS];
    double[] squares = new double[CHANNELS];
    boolean[] varies = new boolean[CHANNELS];
    byte[] first = null;
    long pixels = 0;
    for (RgbImage image : images) {
      byte[] rgb = image.rgb();
      first = first == null ? Arrays.copyOf(rgb, CHANNELS) : first;
      for (int i = 0; i < rgb.length; i++) {
        double value = (rgb[i] & 0xFF) / 255.0;
        sum[i % CHANNELS] += value;
        squares[i % CHANNELS] += value * value;
        varies[i % CHANNELS] |= rgb[i] != first[i % CHANNELS];
      }
      pixels += (long) image.width() * image.height();
    }
    checkArgument(pixels > 0, "normalisation: expected at least one image to measure, found none");
    float[] mean = new float[CHANNELS];
    float[] std = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double m = sum[c] / pixels;
      mean[c] = (float) m;
      std[c] = (float) Math.sqrt(Math.max(0, squares[c] / pixels - m * m));
      if (!varies[c]) {
        throw new DataException(
            ("normalisation: expected images to measure it on in which colours differ, found %s %d in"
                    + " every pixel; correct the images, or take a normalisation that is not"
                    + " measured (data.normalization.kind)")
                .formatted(NAMES.get(c), Math.round(255 * m)));
      }
    }
    return new Normalization(mean, std);
  }

  /** Returns a copy of the red, green and blue mean. */
  public float[] mean() {
    return mean.clone();
  }

  /** Returns a copy of the red, green and blue standard deviation. */
  public float[] std() {
    return std.clone();
  }

  /**
   * Writes the normalised image as planes, {@code float32 [3, height, width]}, into {@code target}
   * from {@code offset} on.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public void apply(RgbImage image, float[] target, int offset) {
    byte[] rgb = image.rgb();
    checkArgument(
        offset >= 0 && offset + rgb.length <= target.length,
        "planes: expected room for %s values from %s on, found %s values",
        rgb.length,
        offset,
        target.length);
    int pixels = rgb.length / CHANNELS;
    for (int c = 0; c < CHANNELS; c++) {
      float[] values = table[c];
      int out = offset + c * pixels;
      for (int i = c; i < rgb.length; i += CHANNELS) {
        target[out++] = values[rgb[i] & 0xFF];
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
  }

  @Override
  public String toString() {
    return "Normalization[mean=" + Arrays.toString(mean) + ", std=" + Arrays.toString(std) + "]";
  }
}
