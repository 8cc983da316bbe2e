package io.semimoe.inference.object;

import java.util.Arrays;

/**
 * A closed line along the edges of pixels: the last point is the first one again, each edge is
 * horizontal or vertical and meets the next at a right angle. It passes through no point twice.
 * Immutable.
 *
 * <p>It begins at its topmost point, of those the leftmost.
 */
public final class Ring {
  private final int[] xs;
  private final int[] ys;

  /** Takes the arrays over; the last point equals the first. */
  Ring(int[] xs, int[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /** Number of points, the repeated first one at the end included; at least 5. */
  public int size() {
    return xs.length;
  }

  /**
   * The x of a point, a column boundary of the image.
   *
   * @throws IndexOutOfBoundsException if there is no such point
   */
  public int x(int point) {
    return xs[point];
  }

  /**
   * The y of a point, a row boundary of the image.
   *
   * @throws IndexOutOfBoundsException if there is no such point
   */
  public int y(int point) {
    return ys[point];
  }

  /**
   * The enclosed area ½ Σ (xᵢ yᵢ₊₁ − xᵢ₊₁ yᵢ) in pixels: positive for outer rings, negative for
   * holes.
   */
  public long signedArea() {
    long sum = 0;
    for (int i = 0; i + 1 < xs.length; i++) {
      sum += (long) xs[i] * ys[i + 1] - (long) xs[i + 1] * ys[i];
    }
    return sum / 2;
  }

  /** Equal points in equal order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Ring that && Arrays.equals(xs, that.xs) && Arrays.equals(ys, that.ys);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(xs) + Arrays.hashCode(ys);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("Ring[");
    for (int i = 0; i < xs.length; i++) {
      out.append(i == 0 ? "" : " ").append(xs[i]).append(',').append(ys[i]);
    }
    return out.append(']').toString();
  }
}
