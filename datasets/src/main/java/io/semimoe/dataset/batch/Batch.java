package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * N images of S x S pixels, with their targets if they are labelled. The arrays are handed out as
 * they are: a batch belongs to whoever took it from the loader, and is never touched again by it.
 */
public final class Batch {
  private final List<String> names;
  private final float[] image;
  private final float[] mask;
  private final float[] sdf;
  private final float[] boundary;

  Batch(int size, List<String> names, float[] image, float[] mask, float[] sdf, float[] boundary) {
    this.names = ImmutableList.copyOf(names);
    this.image = image;
    this.mask = mask;
    this.sdf = sdf;
    this.boundary = boundary;
    int pixels = names.size() * size * size;
    checkArgument(image.length == 3 * pixels, "image: expected %s values", 3 * pixels);
    for (float[] target : List.of(mask, sdf, boundary)) {
      checkArgument(
          target.length == mask.length && (target.length == 0 || target.length == pixels),
          "targets: expected %s values each or none, found %s",
          pixels,
          target.length);
    }
  }

  /** Returns the names of the N samples. */
  public List<String> names() {
    return names;
  }

  /** Returns whether there are targets. */
  public boolean hasTargets() {
    return mask.length > 0;
  }

  /** Returns the normalised images, {@code float32 [N, 3, S, S]}, RGB planes. */
  public float[] image() {
    return image;
  }

  /** Returns the masks, {@code float32 [N, 1, S, S]}, 1 in glands, else 0; empty if unlabelled. */
  public float[] mask() {
    return mask;
  }

  /**
   * Returns the signed distance fields, {@code float32 [N, 1, S, S]} in [−1, 1], positive in
   * glands; empty if unlabelled.
   */
  public float[] sdf() {
    return sdf;
  }

  /** Returns the boundaries, {@code float32 [N, 1, S, S]}, 0 or 1; empty if unlabelled. */
  public float[] boundary() {
    return boundary;
  }
}
