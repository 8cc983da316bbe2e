package io.semimoe.inference.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A component of the foreground or of the background, as far as the rows so far show it. Components
 * that turn out to be one are merged; {@link #root} leads to what a region has become part of.
 *
 * <p>Foreground keeps its runs, background only while it may be a hole to fill. Samples are kept
 * while the box is small enough for the object to be separated.
 */
final class Region {
  private final Storage storage;
  private final boolean foreground;

  /** Index of the first pixel in reading order. */
  private final long first;

  /** The background that surrounds foreground; null for background and at the image's border. */
  private final Region surroundings;

  private final int top;
  private int left = Integer.MAX_VALUE;
  private int right;
  private int lastRow;
  private long area;
  private long probability;
  private boolean touchesBorder;
  private boolean closed;
  private boolean keepsRuns = true;
  private boolean keepsSamples = true;
  private Run head;
  private Run tail;

  /** Background: objects inside that are complete, and part of it should it be filled. */
  private List<Region> inside = new ArrayList<>(0);

  private Region into;

  /**
   * A region without pixels.
   *
   * @param first index of its first pixel in reading order
   * @param row row of that pixel
   * @param surroundings for foreground, the background to the left of its first pixel; else null
   */
  Region(Storage storage, boolean foreground, long first, int row, Region surroundings) {
    this.storage = storage;
    this.foreground = foreground;
    this.first = first;
    this.surroundings = surroundings;
    top = row;
  }

  /** The region that this one is part of by now; itself unless it was merged. */
  Region root() {
    Region root = this;
    while (root.into != null) {
      root = root.into;
    }
    for (Region region = this; region.into != null; ) {
      Region next = region.into;
      region.into = root;
      region = next;
    }
    return root;
  }

  /** Adds pixels of the newest row; {@code samples} are those of the whole row. */
  void extend(int row, int start, int end, int[] samples) {
    lastRow = row;
    left = Math.min(left, start);
    right = Math.max(right, end);
    area += end - start;
    for (int x = start; x < end; x++) {
      probability += Samples.probability(samples[x]);
    }
    keepWhatIsNeeded();
    if (keepsRuns) {
      int[] own = keepsSamples ? Arrays.copyOfRange(samples, start, end) : null;
      Run run = new Run(row, start, end, own);
      append(run, run);
      storage.add(run);
    }
  }

  /** Joins two regions of a kind; returns the one that came first, which has become both. */
  static Region merge(Region a, Region b) {
    Region root = a.first < b.first ? a : b;
    root.absorb(root == a ? b : a);
    return root;
  }

  /** Makes a hole, with the objects inside, part of this object. */
  void fill(Region hole) {
    List<Region> islands = hole.takeInside();
    absorb(hole);
    islands.forEach(this::absorb);
  }

  private void absorb(Region other) {
    other.into = this;
    left = Math.min(left, other.left);
    right = Math.max(right, other.right);
    lastRow = Math.max(lastRow, other.lastRow);
    area += other.area;
    probability += other.probability;
    touchesBorder |= other.touchesBorder;
    List<Region> fewer = inside.size() < other.inside.size() ? inside : other.inside;
    inside = fewer == inside ? other.inside : inside;
    inside.addAll(fewer);
    // What the other one has dropped is dropped here as well: this one is at least as large.
    keepWhatIsNeeded();
    if (!keepsRuns) {
      other.dropRuns();
    }
    if (!keepsSamples) {
      other.dropSamples();
    }
    if (other.head != null) {
      append(other.head, other.tail);
    }
    other.head = null;
    other.tail = null;
  }

  private void append(Run from, Run to) {
    if (head == null) {
      head = from;
    } else {
      tail.next = from;
    }
    tail = to;
  }

  /** Drops runs and samples as soon as they cannot be wanted any more. */
  private void keepWhatIsNeeded() {
    if (!foreground && !mayBeFilled()) {
      dropRuns();
    }
    PixelBox box = box();
    if ((long) box.width() * box.height() > storage.maximumSampledBox()) {
      dropSamples();
    }
  }

  private void dropRuns() {
    if (keepsRuns) {
      takeRuns();
      keepsRuns = false;
      keepsSamples = false;
    }
  }

  private void dropSamples() {
    if (keepsSamples) {
      storage.dropSamples(head);
      keepsSamples = false;
    }
  }

  /** The smallest rectangle that holds the pixels so far. */
  PixelBox box() {
    return new PixelBox(left, top, right - left, lastRow - top + 1);
  }

  /** Says that background lies at the image's border and hence is no hole. */
  void touchBorder() {
    touchesBorder = true;
    keepWhatIsNeeded();
  }

  /** Whether this is background that, as far as is known, is a hole to fill. */
  boolean mayBeFilled() {
    return !foreground && !touchesBorder && area <= storage.maximumHoleArea();
  }

  /** Keeps a complete object inside until it is known whether this background is filled. */
  void hold(Region object) {
    inside.add(object);
  }

  /** The objects held inside, which are held no longer. */
  List<Region> takeInside() {
    if (inside.isEmpty()) {
      return List.of();
    }
    List<Region> taken = inside;
    inside = new ArrayList<>(0);
    return taken;
  }

  /** The runs in no particular order, which are held no longer; null if there are none. */
  Run takeRuns() {
    Run taken = head;
    storage.remove(taken);
    head = null;
    tail = null;
    return taken;
  }

  /** Notes that no later row can add pixels; false if that was known. */
  boolean close() {
    boolean wasOpen = !closed;
    closed = true;
    return wasOpen;
  }

  boolean isForeground() {
    return foreground;
  }

  long first() {
    return first;
  }

  int lastRow() {
    return lastRow;
  }

  long area() {
    return area;
  }

  /** Sum of the probabilities in steps of {@link Samples#PROBABILITY_STEPS}. */
  long probability() {
    return probability;
  }

  /** Whether the runs have their samples. */
  boolean keepsSamples() {
    return keepsSamples;
  }

  /** The background around this object; null where it is the outside of the image. */
  Region surroundings() {
    return surroundings == null ? null : surroundings.root();
  }
}
