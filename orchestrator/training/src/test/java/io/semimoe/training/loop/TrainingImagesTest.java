package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ascii;
import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.batch.Batch;
import io.semimoe.dataset.batch.BatchLoader;
import io.semimoe.dataset.batch.EpochBatches;
import io.semimoe.dataset.batch.LoaderSettings;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.target.BoundaryTarget;
import io.semimoe.dataset.target.SignedDistanceField;
import io.semimoe.dataset.target.TargetMode;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.data.SyntheticData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingImagesTest {
  private static Path data;
  private static TrainingImages images;

  @BeforeAll
  static void load(@TempDir Path folder) throws Exception {
    data = folder.resolve("images");
    TrainingConfiguration c = configuration();
    SyntheticData.prepare(data, c.data().synthetic(), false);
    images = TrainingImages.load(c, RunData.forTraining(c));
  }

  private static TrainingConfiguration configuration(String... further) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "network.size=32",
                "data.root='" + data + "'",
                "data.synthetic.labelled=2",
                "data.synthetic.unlabelled=4",
                "data.synthetic.validation=0",
                "data.synthetic.test=1",
                "data.synthetic.size=64"));
    settings.addAll(List.of(further));
    return ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), settings);
  }

  /** The batches of two epochs: labelled and unlabelled ones in turn. */
  private static List<Batch> batches(BatchLoader loader) {
    List<Batch> batches = new ArrayList<>();
    try (loader) {
      for (int epoch = 0; epoch < 2; epoch++) {
        try (EpochBatches iterations = loader.epoch(epoch, 0)) {
          iterations.forEachRemaining(
              iteration ->
                  batches.addAll(
                      List.of(iteration.labelled(), iteration.unlabelled().orElseThrow())));
        }
      }
    }
    assertThat(batches).hasSize(8);
    return batches;
  }

  private static List<Batch> batches(String... settings) {
    return batches(images.loader(configuration(settings), Normalization.GLAS));
  }

  private static List<Batch> batches(Augmentation augmentation) {
    TrainingConfiguration c = configuration();
    return batches(
        new BatchLoader(
            images.labelled(),
            images.unlabelled().orElseThrow(),
            new LoaderSettings(
                c.batchSize(),
                c.seed(),
                augmentation,
                c.data().distance(),
                c.data().boundary(),
                Normalization.GLAS,
                1,
                1)));
  }

  private static void assertSame(List<Batch> found, List<Batch> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).image()).as("batch %s", i).isEqualTo(expected.get(i).image());
    }
    assertSameTargets(found, expected);
  }

  private static void assertSameTargets(List<Batch> found, List<Batch> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).names()).isEqualTo(expected.get(i).names());
      assertThat(found.get(i).mask()).as("batch %s", i).isEqualTo(expected.get(i).mask());
      assertThat(found.get(i).sdf()).as("batch %s", i).isEqualTo(expected.get(i).sdf());
      assertThat(found.get(i).boundary()).as("batch %s", i).isEqualTo(expected.get(i).boundary());
    }
  }

  @Test
  void withoutStainJitterBatchesAreThoseOfCropsTurnsAndFlipsAlone() {
    List<Batch> expected = batches(new CropAndDihedral());

    assertSame(batches(), expected);
    assertSame(batches("data.stainJitter=0"), expected);
  }

  @Test
  void supervisedTrainingLoadsLabelledImagesOnlyAndHasEpochsOfTheSameLength() throws Exception {
    TrainingConfiguration c = configuration("supervisedOnly=true");
    TrainingImages supervised = TrainingImages.load(c, RunData.forTraining(c));

    assertThat(supervised.unlabelled()).isEmpty();
    assertThat(supervised.all()).isEqualTo(supervised.labelled().images());
    assertThat(images.all()).hasSize(2 + 4);
    try (BatchLoader loader = supervised.loader(c, Normalization.GLAS);
        BatchLoader both = images.loader(configuration(), Normalization.GLAS)) {
      assertThat(loader.iterationsPerEpoch()).isEqualTo(both.iterationsPerEpoch());
    }
  }

  @Test
  void withoutAnyAugmentationImagesAreTheStoredOnes() {
    assertSame(batches("data.augmentation=false"), batches(Augmentation.none()));
  }

  @Test
  void stainJitterChangesTheColoursOfAllImagesAndNothingElse() {
    List<Batch> plain = batches();
    List<Batch> jittered = batches("data.stainJitter=0.2");

    assertSameTargets(jittered, plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(jittered.get(i).image()).as("batch %s", i).isNotEqualTo(plain.get(i).image());
    }
  }

  @Test
  void distanceAndBoundaryMayEachBeThatOfInstances(@TempDir Path folder) throws Exception {
    int side = 64;
    int[] halves = new int[side * side];
    Arrays.setAll(halves, i -> i % side < 8 ? 0 : i % side < side / 2 ? 1 : 2);
    LabelMap touching = new LabelMap(side, side, halves);
    Path photographs = Files.createDirectories(folder.resolve("images"));
    Path masks = Files.createDirectories(folder.resolve("masks"));
    PngFiles.writeLabels(photographs.resolve("a.png"), touching);
    PngFiles.writeLabels(masks.resolve("a.png"), touching);

    for (TargetMode distance : TargetMode.values()) {
      for (TargetMode boundary : TargetMode.values()) {
        TrainingConfiguration c =
            configuration(
                "data.layout=folders",
                "data.root=",
                "data.folders.labelledImages='" + photographs + "'",
                "data.folders.labelledMasks='" + masks + "'",
                "data.folders.unlabelledImages='" + photographs + "'",
                "data.augmentation=false",
                "batchSize=1",
                "data.distance=" + Ascii.toLowerCase(distance.name()),
                "data.boundary=" + Ascii.toLowerCase(boundary.name()));
        LabelMap resized = Resize.nearest(touching, c.network().size(), c.network().size());
        TrainingImages loaded = TrainingImages.load(c, RunData.forTraining(c));
        try (BatchLoader loader = loaded.loader(c, Normalization.GLAS);
            EpochBatches epoch = loader.epoch(0, 0)) {
          Batch batch = epoch.next().labelled();
          assertThat(batch.sdf()).isEqualTo(SignedDistanceField.of(resized, distance).values());
          int[] labels = BoundaryTarget.of(resized, boundary).labels();
          for (int i = 0; i < labels.length; i++) {
            assertThat((int) batch.boundary()[i]).as("pixel %s", i).isEqualTo(labels[i]);
          }
        }
      }
    }
  }

  @Test
  void stainJitterNeedsNoOtherAugmentation() {
    List<Batch> plain = batches("data.augmentation=false");
    List<Batch> jittered = batches("data.augmentation=false", "data.stainJitter=0.2");

    assertSameTargets(jittered, plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(jittered.get(i).image()).as("batch %s", i).isNotEqualTo(plain.get(i).image());
    }
  }
}
