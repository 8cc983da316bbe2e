package io.semimoe.cli.predict;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.SegmentedObject;
import io.semimoe.inference.object.SegmentedObjects;
import java.util.List;
import java.util.Optional;

/** Objects to be written to files. */
final class TestObjects {
  private TestObjects() {}

  /** Returns the objects of a map in which {@code #} stands for the foreground. */
  static List<SegmentedObject> of(String... rows) {
    float[] probability = new float[rows.length * rows[0].length()];
    for (int i = 0; i < probability.length; i++) {
      probability[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#' ? 0.75f : 0;
    }
    return SegmentedObjects.of(
            new FloatMap(rows[0].length(), rows.length, probability),
            Optional.empty(),
            0.5f,
            ObjectOptions.COMPONENTS)
        .objects();
  }
}
