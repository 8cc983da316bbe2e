package io.semimoe.inference;

import java.io.IOException;
import java.util.Optional;

/**
 * One row of the maps of an image, {@code float32 [width]} each. The arrays are used again for the
 * next row: copy what is to be kept.
 */
public final class MapRow {
  private final int y;
  private final float[] probability;
  private final Optional<float[]> distance;
  private final Optional<float[]> boundary;

  MapRow(int y, float[] probability, Optional<float[]> distance, Optional<float[]> boundary) {
    this.y = y;
    this.probability = probability;
    this.distance = distance;
    this.boundary = boundary;
  }

  /** Takes the rows of an image from top to bottom. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * Takes the next row.
     *
     * @throws IOException if it cannot be kept; ends the segmentation
     */
    void accept(MapRow row) throws IOException;
  }

  /** Index of the row. */
  public int y() {
    return y;
  }

  /** Probability of the foreground, in [0, 1]. */
  public float[] probability() {
    return probability;
  }

  /** Signed distance field, in (−1, 1), positive inside, if the model has one. */
  public Optional<float[]> distance() {
    return distance;
  }

  /** Probability of a boundary, in [0, 1], if the model has one. */
  public Optional<float[]> boundary() {
    return boundary;
  }
}
