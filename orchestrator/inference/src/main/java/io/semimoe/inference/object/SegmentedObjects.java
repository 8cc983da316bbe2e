package io.semimoe.inference.object;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The objects of an image in memory.
 *
 * @param objects the objects, by their ids 1, 2, …; in the order of {@link ObjectSweep}
 * @param labels the id of the object at each pixel, 0 = background
 */
public record SegmentedObjects(List<SegmentedObject> objects, LabelMap labels) {

  /** Copies the list. */
  public SegmentedObjects {
    objects = List.copyOf(objects);
    Objects.requireNonNull(labels, "labels");
  }

  /**
   * Finds the objects by an {@link ObjectSweep} over the rows of the maps.
   *
   * @param probability foreground probability in [0, 1]
   * @param distance signed distance in [−1, 1], positive inside, of the same size; without it
   *     touching objects are not separated
   * @param threshold foreground is where the probability is above this
   * @throws IllegalArgumentException if the sizes differ, or a value is not a number or more than
   *     0.001 outside its range
   */
  public static SegmentedObjects of(
      FloatMap probability, Optional<FloatMap> distance, float threshold, ObjectOptions options) {
    int width = probability.width();
    int height = probability.height();
    distance.ifPresent(
        map -> {
          if (map.width() != width || map.height() != height) {
            throw new IllegalArgumentException(
                String.format(
                    "expected a distance map of the probability's size %d×%d, found %d×%d",
                    width, height, map.width(), map.height()));
          }
        });
    List<SegmentedObject> objects = new ArrayList<>();
    ObjectSweep sweep = new ObjectSweep(width, threshold, options, objects::add);
    for (int y = 0; y < height; y++) {
      float[] row = probability.row(y);
      if (distance.isPresent()) {
        sweep.row(row, distance.get().row(y));
      } else {
        sweep.row(row);
      }
    }
    sweep.finish();
    int[] labels = new int[width * height];
    objects.forEach(object -> object.runs().paint(labels, width, object.id()));
    return new SegmentedObjects(objects, new LabelMap(width, height, labels));
  }
}
