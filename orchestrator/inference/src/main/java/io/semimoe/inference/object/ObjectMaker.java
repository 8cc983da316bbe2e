package io.semimoe.inference.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Makes objects of complete regions, in order, and hands them over. */
final class ObjectMaker {
  private static final Comparator<Run> READING_ORDER =
      Comparator.comparingInt((Run run) -> run.row).thenComparingInt(run -> run.start);

  private final ObjectOptions options;
  private final Consumer<SegmentedObject> consumer;
  private int count;

  ObjectMaker(ObjectOptions options, Consumer<SegmentedObject> consumer) {
    this.options = options;
    this.consumer = consumer;
  }

  /** Number of objects handed over. */
  int count() {
    return count;
  }

  /** Hands over those of the regions that are large enough, by their first pixels. */
  void make(List<Region> regions) {
    regions.sort(Comparator.comparingLong(Region::first));
    for (Region region : regions) {
      make(region);
    }
  }

  private void make(Region region) {
    Run head = region.takeRuns();
    if (region.area() < options.minimumArea()) {
      return;
    }
    if (region.keepsSamples() && region.area() >= 2 * Math.max(1, options.minimumArea())) {
      Watershed.split(head, region.box(), options.separationDepth(), options.minimumArea())
          .forEach(part -> handOver(part.runs(), part.probability(), part.area()));
    } else {
      handOver(inOrder(head), region.probability(), region.area());
    }
  }

  private void handOver(PixelRuns runs, long probability, long area) {
    count = Math.incrementExact(count);
    double mean = (double) probability / ((double) Samples.PROBABILITY_STEPS * area);
    consumer.accept(SegmentedObject.of(count, runs, mean));
  }

  /** Sorts the runs and joins those that touch, as filled holes do their surroundings. */
  private static PixelRuns inOrder(Run head) {
    List<Run> sorted = new ArrayList<>();
    for (Run run = head; run != null; run = run.next) {
      sorted.add(run);
    }
    sorted.sort(READING_ORDER);
    PixelRuns.Builder runs = new PixelRuns.Builder();
    sorted.forEach(run -> runs.add(run.row, run.start, run.end));
    return runs.build();
  }
}
