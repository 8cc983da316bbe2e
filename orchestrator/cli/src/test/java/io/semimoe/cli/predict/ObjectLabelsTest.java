package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.SegmentedObject;
import io.semimoe.inference.object.SegmentedObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectLabelsTest {
  /** Single pixels, so many that their numbers need more than 16 bits. */
  private static final int SIDE = 520;

  @TempDir Path folder;

  @Test
  void gathersTheSameLabelsAsThoseInMemory() throws Exception {
    SegmentedObjects objects = singlePixels(SIDE);
    TiffLayout layout = TiffLayout.of(SIDE, SIDE, TiffContent.LABELS16);
    Path streamed = folder.resolve("streamed.tif");
    try (ObjectLabels labels = ObjectLabels.create(streamed, layout)) {
      for (SegmentedObject object : objects.objects()) {
        labels.add(object);
      }
      labels.complete();
      labels.publish();
    }
    Path whole = folder.resolve("whole.tif");
    ObjectLabels.write(whole, objects.labels(), layout);

    assertThat(objects.objects()).hasSizeGreaterThan(65_535);
    LabelMap read = MaskFiles.read(streamed);
    assertThat(read.labels()).isEqualTo(objects.labels().labels());
    assertThat(streamed).hasSameBinaryContentAs(whole);
    assertThat(names()).containsExactly("streamed.tif", "whole.tif");
  }

  @Test
  void theFirstNumberBeyondSixteenBitsIsKept() throws Exception {
    SegmentedObject object = singlePixels(SIDE).objects().get(65_535);
    Path file = folder.resolve("a.tif");
    try (ObjectLabels labels =
        ObjectLabels.create(file, TiffLayout.of(SIDE, SIDE, TiffContent.LABELS16))) {
      labels.add(object);
      labels.complete();
      labels.publish();
    }

    assertThat(object.id()).isEqualTo(65_536);
    assertThat(MaskFiles.read(file).foregroundCount()).isEqualTo(1);
  }

  @Test
  void leavesNothingBehindWhenItGetsNoName() throws Exception {
    SegmentedObjects objects = singlePixels(8);
    try (ObjectLabels labels =
        ObjectLabels.create(folder.resolve("a.tif"), TiffLayout.of(8, 8, TiffContent.LABELS16))) {
      labels.add(objects.objects().get(0));
      labels.complete();
    }

    assertThat(names()).isEmpty();
  }

  private static SegmentedObjects singlePixels(int side) {
    float[] probability = new float[side * side];
    for (int y = 0; y < side; y += 2) {
      for (int x = 0; x < side; x += 2) {
        probability[y * side + x] = 1;
      }
    }
    return SegmentedObjects.of(
        new FloatMap(side, side, probability), Optional.empty(), 0.5f, ObjectOptions.COMPONENTS);
  }

  private Stream<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }
}
