package io.semimoe.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.op.Shape;

/**
 * The sizes of a Semi-MoE network.
 *
 * @param width channels of the first encoder level; the five levels have 1, 2, 4, 8 and 16 times as
 *     many
 * @param batch images in a batch
 * @param height height of the images in pixels, a multiple of 16
 * @param imageWidth width of the images in pixels, a multiple of 16
 */
public record NetworkSpec(int width, int batch, int height, int imageWidth) {
  /** Height and width of images are multiples of this: there are four poolings. */
  public static final int MULTIPLE = 16;

  /** Smallest width. */
  public static final int MIN_WIDTH = 4;

  /** Levels of the encoder. */
  static final int LEVELS = 5;

  /** Checks the sizes. */
  public NetworkSpec {
    checkArgument(
        width >= MIN_WIDTH, "network width: expected at least %s, found %s", MIN_WIDTH, width);
    checkArgument(batch >= 1, "batch size: expected at least 1, found %s", batch);
    checkArgument(
        height > 0 && height % MULTIPLE == 0 && imageWidth > 0 && imageWidth % MULTIPLE == 0,
        "image size: expected multiples of %s, found %s x %s (height x width)",
        MULTIPLE,
        height,
        imageWidth);
  }

  /** Returns the shape of a batch with {@code channels} channels: [N, channels, H, W]. */
  public Shape images(int channels) {
    return Shape.of(batch, channels, height, imageWidth);
  }

  /** Returns the number of hidden units of a gate, half of the channels of all experts. */
  public int gateUnits() {
    return 3 * width / 2;
  }
}
