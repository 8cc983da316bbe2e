package io.semimoe.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.DataFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.target.BoundaryTarget;
import io.semimoe.dataset.target.SignedDistanceField;
import io.semimoe.dataset.target.TargetMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchContentsTest {
  private static ImageStore labelled;
  private static ImageStore unlabelled;

  @BeforeAll
  static void load(@TempDir Path folder) throws Exception {
    labelled = Fixture.store(folder, Role.LABELLED, 3);
    unlabelled = Fixture.store(folder, Role.UNLABELLED, 7);
  }

  private static List<IterationBatches> read(LoaderSettings settings, int epoch, int first) {
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled, settings)) {
      return Fixture.read(loader, epoch, first);
    }
  }

  @Test
  void targetsAreMadeFromTheAugmentedMask() {
    for (IterationBatches batches : read(Fixture.settings(9, 2, 2), 0, 0)) {
      Batch batch = batches.labelled();
      int pixels = Fixture.SIZE * Fixture.SIZE;
      assertThat(batch.image()).hasSize(2 * 3 * pixels);
      for (int n = 0; n < 2; n++) {
        int[] labels = new int[pixels];
        for (int i = 0; i < pixels; i++) {
          labels[i] = (int) batch.mask()[n * pixels + i];
        }
        float[] sdf = Arrays.copyOfRange(batch.sdf(), n * pixels, (n + 1) * pixels);
        LabelMap mask = new LabelMap(Fixture.SIZE, Fixture.SIZE, labels);
        assertThat(sdf).isEqualTo(SignedDistanceField.of(mask, TargetMode.UNION).values());
        assertThat(boundary(batch, n))
            .isEqualTo(BoundaryTarget.of(mask, TargetMode.UNION).labels());
      }
    }
  }

  @Test
  void theSettingsSayWhatTouchingGlandsAre(@TempDir Path folder) throws Exception {
    int[] labels = new int[Fixture.SIZE * Fixture.SIZE];
    for (int i = 0; i < labels.length; i++) {
      int x = i % Fixture.SIZE;
      labels[i] = x < 4 ? 0 : x < 8 ? 1 : 2;
    }
    LabelMap touching = new LabelMap(Fixture.SIZE, Fixture.SIZE, labels);
    Path image = DataFiles.image(folder.resolve("a.png"), Fixture.SIZE, Fixture.SIZE);
    Path mask = folder.resolve("a_m.png");
    PngFiles.writeLabels(mask, touching);
    ImageStore store =
        ImageStore.load(
            List.of(new Sample("a", image, Optional.of(mask), Role.LABELLED, "train")),
            Fixture.SIZE,
            1);
    for (TargetMode distance : TargetMode.values()) {
      for (TargetMode boundary : TargetMode.values()) {
        LoaderSettings settings =
            new LoaderSettings(
                1, 1, Augmentation.none(), distance, boundary, Normalization.GLAS, 1, 1);
        try (BatchLoader loader = new BatchLoader(store, unlabelled, settings)) {
          Batch batch = Fixture.read(loader, 0, 0).get(0).labelled();
          assertThat(batch.sdf())
              .as("distance of %s", distance)
              .isEqualTo(SignedDistanceField.of(touching, distance).values());
          assertThat(boundary(batch, 0))
              .as("boundary of %s", boundary)
              .isEqualTo(BoundaryTarget.of(touching, boundary).labels());
        }
      }
    }
  }

  private static int[] boundary(Batch batch, int n) {
    int pixels = Fixture.SIZE * Fixture.SIZE;
    int[] boundary = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      boundary[i] = (int) batch.boundary()[n * pixels + i];
    }
    return boundary;
  }

  @Test
  void unlabelledBatchesHaveNoTargets() {
    Batch batch = read(Fixture.settings(9, 1, 1), 0, 0).get(0).unlabelled().orElseThrow();
    assertThat(batch.hasTargets()).isFalse();
    assertThat(batch.mask()).isEmpty();
    assertThat(batch.sdf()).isEmpty();
    assertThat(batch.boundary()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IterationBatches(batch, Optional.of(batch)));
  }

  @Test
  void withoutAugmentationTheImageIsTheStoredOne() {
    Batch batch =
        read(Fixture.settings(9, 1, 1, Augmentation.none()), 0, 0)
            .get(0)
            .unlabelled()
            .orElseThrow();
    int index = Integer.parseInt(batch.names().get(1).replaceAll("\\D", ""));
    float[] expected = new float[3 * Fixture.SIZE * Fixture.SIZE];
    Normalization.GLAS.apply(unlabelled.imageAndMask(index).image(), expected, 0);
    assertThat(Arrays.copyOfRange(batch.image(), expected.length, 2 * expected.length))
        .isEqualTo(expected);
  }
}
