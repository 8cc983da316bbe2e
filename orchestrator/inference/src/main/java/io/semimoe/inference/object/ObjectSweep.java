package io.semimoe.inference.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Finds the objects of an image of any height that comes row by row, from top to bottom, and hands
 * each over as soon as no later row can change it.
 *
 * <pre>{@code
 * ObjectOptions options = ObjectOptions.forImage(width, height, micronsPerPixel);
 * ObjectSweep sweep = new ObjectSweep(width, 0.5f, options, objects::add);
 * for (int y = 0; y < height; y++) {
 *   sweep.row(probability(y), distance(y));
 * }
 * sweep.finish();
 * }</pre>
 *
 * <p>Foreground is where the probability is above the threshold. Pixels that share an edge or a
 * corner are of one object, as in the evaluation and in the metrics of the GlaS challenge; {@link
 * ObjectOptions} says what happens to holes, small objects and touching ones.
 *
 * <p>Order: by the row that completes an object, then by its first pixel in reading order; {@link
 * SegmentedObject#id} counts from 1. An object inside a hole waits until it is known whether the
 * hole is filled. The objects depend on nothing but the rows, the threshold and the options.
 *
 * <p>Memory: two rows, and of the objects that cross the current row, and of background that may be
 * a hole to fill, some 32 bytes a run and, where objects are separated, 4 bytes a pixel. An object
 * whose box has more than {@link #MAXIMUM_SEPARATED_BOX} pixels keeps runs only: it is not
 * separated, all its measures are exact nevertheless. Separating takes, for one object at a time, 6
 * bytes a pixel of its box and 8 a pixel of its own.
 *
 * <p>Not for several threads at once.
 */
public final class ObjectSweep {
  /** The most pixels that the box of an object to be separated may have: 2²³, about 2900 × 2900. */
  public static final long MAXIMUM_SEPARATED_BOX = 1L << 23;

  private final int width;
  private final float threshold;
  private final ObjectOptions options;
  private final ObjectMaker maker;
  private final int[] samples;
  private Storage storage;
  private SweepRow previous;
  private SweepRow current;
  private boolean withDistance;
  private boolean finished;

  /** Set while objects are handed over, so also once the consumer has thrown. */
  private boolean broken;

  private int rows;

  /**
   * A sweep before its first row.
   *
   * @param width number of columns
   * @param threshold foreground is where the probability is above this
   * @param consumer gets the objects, in the thread that brings the rows. What it throws comes out
   *     of {@link #row} or {@link #finish}, and the sweep cannot go on
   * @throws IllegalArgumentException if the width is below 1 or the threshold is not a number
   */
  public ObjectSweep(
      int width, float threshold, ObjectOptions options, Consumer<SegmentedObject> consumer) {
    if (width < 1) {
      throw new IllegalArgumentException("expected a width of at least 1 pixel, found " + width);
    }
    if (Float.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold: expected a number, found " + threshold);
    }
    this.width = width;
    this.threshold = threshold;
    this.options = Objects.requireNonNull(options, "options");
    maker = new ObjectMaker(options, Objects.requireNonNull(consumer, "consumer"));
    samples = new int[width];
    storage = new Storage(options.maximumHoleArea(), 0);
    previous = new SweepRow(width);
    current = new SweepRow(width);
  }

  /**
   * Takes the next row of an image without distances; touching objects are not separated.
   *
   * @param probability foreground probability, {@code float32 [width]} in [0, 1]; not kept
   * @throws IllegalArgumentException if the row has another length, or a value is not a number or
   *     more than 0.001 outside its range
   * @throws IllegalStateException if earlier rows had distances, the sweep is finished, or the
   *     consumer has thrown
   */
  public void row(float[] probability) {
    sweep(probability, null);
  }

  /**
   * Takes the next row of an image with distances.
   *
   * @param probability foreground probability, {@code float32 [width]} in [0, 1]; not kept
   * @param distance signed distance, positive inside, {@code float32 [width]} in [−1, 1]; not kept
   * @throws IllegalArgumentException if a row has another length, or a value is not a number or
   *     more than 0.001 outside its range
   * @throws IllegalStateException if earlier rows had no distances, the sweep is finished, or the
   *     consumer has thrown
   */
  public void row(float[] probability, float[] distance) {
    sweep(probability, Objects.requireNonNull(distance, "distance"));
  }

  /**
   * Hands over the objects that reach the last row. No rows can follow; a second call does nothing.
   *
   * @return number of objects handed over in all
   * @throws IllegalStateException if the consumer has thrown
   */
  public int finish() {
    checkWhole();
    if (!finished) {
      finished = true;
      handOver(remaining());
    }
    return maker.count();
  }

  /** What the objects of the moment hold. */
  Storage storage() {
    return storage;
  }

  private void sweep(float[] probability, float[] distance) {
    check(probability, distance);
    Samples.encode(rows, probability, distance, samples);
    current.read(probability, threshold);
    findRegions();
    List<Region> complete = new ArrayList<>();
    markBorderAndRelease(complete);
    closePrevious(complete);
    handOver(complete);
    SweepRow swap = previous;
    previous = current;
    current = swap;
    rows++;
  }

  private void handOver(List<Region> complete) {
    broken = true;
    maker.make(complete);
    broken = false;
  }

  private void checkWhole() {
    if (broken) {
      throw new IllegalStateException(
          "row " + rows + ": the consumer of the objects has thrown; begin a new sweep");
    }
  }

  private void check(float[] probability, float[] distance) {
    checkWhole();
    if (finished) {
      throw new IllegalStateException("row " + rows + " came after finish()");
    }
    checkLength("probabilities", probability);
    if (distance != null) {
      checkLength("distances", distance);
    }
    if (rows == 0) {
      withDistance = distance != null;
      boolean separates = withDistance && options.separate();
      storage = new Storage(options.maximumHoleArea(), separates ? MAXIMUM_SEPARATED_BOX : 0);
    } else if (withDistance != (distance != null)) {
      throw new IllegalStateException(
          String.format(
              "row %d: expected a row %s distances, as the rows before it",
              rows, withDistance ? "with" : "without"));
    }
  }

  private void checkLength(String what, float[] values) {
    if (values.length != width) {
      throw new IllegalArgumentException(
          String.format("row %d: expected %d %s, found %d", rows, width, what, values.length));
    }
  }

  /** Gives each run of the current row its region, which may merge regions of the previous row. */
  private void findRegions() {
    int above = 0;
    for (int run = 0; run < current.count(); run++) {
      boolean foreground = current.isForeground(run);
      int reach = foreground ? 1 : 0;
      int from = current.start(run) - reach;
      int to = current.end(run) + reach;
      Region region = null;
      if (rows > 0) {
        while (previous.end(above) <= from) {
          above++;
        }
        for (int i = above; i < previous.count() && previous.start(i) < to; i++) {
          if (previous.isForeground(i) == foreground && previous.region(i) != region) {
            region = region == null ? previous.region(i) : Region.merge(region, previous.region(i));
          }
        }
      }
      if (region == null) {
        region = newRegion(run, foreground);
      }
      region.extend(rows, current.start(run), current.end(run), samples);
      current.setRegion(run, region);
    }
  }

  private Region newRegion(int run, boolean foreground) {
    long first = (long) rows * width + current.start(run);
    Region surroundings = foreground && run > 0 ? current.region(run - 1) : null;
    return new Region(storage, foreground, first, rows, surroundings);
  }

  /** Releases the objects in background that has turned out not to be a hole to fill. */
  private void markBorderAndRelease(List<Region> complete) {
    for (int run = 0; run < current.count(); run++) {
      if (!current.isForeground(run)) {
        Region region = current.region(run);
        if (rows == 0 || current.touchesSide(run)) {
          region.touchBorder();
        }
        if (!region.mayBeFilled()) {
          complete.addAll(region.takeInside());
        }
      }
    }
  }

  /** Closes the regions of the previous row that the current row does not go on with. */
  private void closePrevious(List<Region> complete) {
    int below = 0;
    for (int run = 0; run < previous.count(); run++) {
      Region region = previous.region(run);
      if (region.lastRow() == rows || !region.close()) {
        continue;
      }
      if (region.isForeground()) {
        Region surroundings = region.surroundings();
        if (surroundings != null && surroundings.mayBeFilled()) {
          surroundings.hold(region);
        } else {
          complete.add(region);
        }
      } else if (region.mayBeFilled()) {
        while (current.end(below) <= previous.start(run)) {
          below++;
        }
        current.region(below).fill(region);
      }
    }
  }

  /** All that is left when the image ends. */
  private List<Region> remaining() {
    List<Region> complete = new ArrayList<>();
    for (int run = 0; run < previous.count(); run++) {
      Region region = previous.region(run);
      if (!region.isForeground()) {
        complete.addAll(region.takeInside());
      } else if (region.close()) {
        complete.add(region);
      }
    }
    return complete;
  }
}
