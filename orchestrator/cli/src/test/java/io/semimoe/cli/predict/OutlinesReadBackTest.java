package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.outline.Outline;
import io.semimoe.dataset.outline.OutlineFile;
import io.semimoe.dataset.outline.OutlineMap;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.SegmentedObject;
import io.semimoe.inference.object.SegmentedObjects;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code predict} writes and someone corrects in QuPath can be trained on. */
class OutlinesReadBackTest {
  private static final int SIDE = 60;

  @TempDir Path folder;

  @Test
  void outlinesThatWereWrittenGiveTheSamePixels() throws Exception {
    for (long seed = 1; seed <= 20; seed++) {
      SegmentedObjects objects = objects(seed);
      Path file = folder.resolve(seed + ".geojson");
      try (ObjectGeoJson json = ObjectGeoJson.create(file, "gland", OptionalDouble.empty())) {
        for (SegmentedObject object : objects.objects()) {
          json.add(object);
        }
        json.complete();
        json.publish();
      }

      List<Outline> outlines = OutlineFile.read(file);

      assertThat(outlines).hasSameSizeAs(objects.objects());
      assertThat(outlines).allMatch(o -> o.className().equals(Optional.of("gland")));
      for (int i = 0; i < outlines.size(); i++) {
        int id = objects.objects().get(i).id();
        int[] painted =
            new OutlineMap(List.of(outlines.get(i).shape()))
                .labels(new Rectangle(SIDE, SIDE))
                .labels();
        for (int pixel = 0; pixel < painted.length; pixel++) {
          assertThat(painted[pixel] == 1)
              .as("seed %d, object %d, pixel %d", seed, id, pixel)
              .isEqualTo(objects.labels().labels()[pixel] == id);
        }
      }
    }
  }

  /** Noise has holes, and pixels that meet at corners. */
  private static SegmentedObjects objects(long seed) {
    Random random = new Random(seed);
    float[] probability = new float[SIDE * SIDE];
    for (int i = 0; i < probability.length; i++) {
      probability[i] = random.nextFloat();
    }
    return SegmentedObjects.of(
        new FloatMap(SIDE, SIDE, probability), Optional.empty(), 0.6f, ObjectOptions.COMPONENTS);
  }
}
