package io.semimoe.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.DataFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
  @TempDir Path folder;

  @Test
  void imagesAreResizedBilinearAndMasksNearest() throws Exception {
    List<Sample> samples = Fixture.samples(folder, Role.LABELLED, 2);
    ImageStore store = ImageStore.load(samples, 16, 2);
    assertThat(store.imageAndMask(1).image())
        .isEqualTo(Resize.bilinear(ImageFiles.readRgb(samples.get(1).image()), 16, 16));
    LabelMap mask = store.imageAndMask(1).mask().orElseThrow();
    assertThat(mask.label(3, 0)).isEqualTo(1);
    assertThat(mask.label(4, 0)).isZero();
  }

  @Test
  void evaluationKeepsTheTruthAtItsOwnSizeAndItsInstances() throws Exception {
    Path image = DataFiles.image(folder.resolve("a.png"), 20, 18);
    int[] labels = new int[20 * 18];
    Arrays.fill(labels, 0, 100, 700);
    Arrays.fill(labels, 100, 200, 40_000);
    PngFiles.writeLabels(folder.resolve("a_m.png"), new LabelMap(20, 18, labels));
    Sample sample =
        new Sample("a", image, Optional.of(folder.resolve("a_m.png")), Role.TEST, "testA");
    EvaluationSet set = EvaluationSet.load(List.of(sample), 16, Normalization.GLAS, 1);
    LabelMap truth = set.truth(0);
    assertThat(truth.width()).isEqualTo(20);
    assertThat(truth.height()).isEqualTo(18);
    assertThat(truth.labels()[99]).isEqualTo(1);
    assertThat(truth.labels()[100]).isEqualTo(2);
    assertThat(truth.labels()[200]).isZero();
    assertThat(set.resizedTruth(0)).isEqualTo(Resize.nearest(truth, 16, 16));
    assertThat(set.sample(0)).isEqualTo(sample);
  }

  @Test
  void evaluationBatchesAreFilledWithTheLastImage() throws Exception {
    EvaluationSet set =
        EvaluationSet.load(Fixture.samples(folder, Role.TEST, 3), 16, Normalization.GLAS, 2);
    int planes = 3 * 16 * 16;
    float[] last = set.images(2, 1);
    float[] batch = set.images(1, 3);
    assertThat(batch).hasSize(3 * planes);
    assertThat(Arrays.copyOfRange(batch, planes, 2 * planes)).isEqualTo(last);
    assertThat(Arrays.copyOfRange(batch, 2 * planes, 3 * planes)).isEqualTo(last);
    assertThat(Arrays.copyOf(batch, planes)).isEqualTo(set.images(1, 1)).isNotEqualTo(last);
    assertThatThrownBy(() -> set.images(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void evaluationNeedsMasks() throws Exception {
    List<Sample> samples = Fixture.samples(folder, Role.UNLABELLED, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvaluationSet.load(samples, 16, Normalization.GLAS, 1))
        .withMessageContaining("expected a sample with a mask");
  }

  @Test
  void maskOfAnotherSizeIsRefused() throws Exception {
    List<Sample> samples = Fixture.samples(folder, Role.LABELLED, 2);
    DataFiles.mask(samples.get(1).mask().orElseThrow(), 21, 18);
    assertThatThrownBy(() -> ImageStore.load(samples, 16, 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labelled1_m.png: mask of another size: expected 20×18")
        .hasMessageContaining("found 21×18");
  }

  @Test
  void unreadableImageIsRefused() throws Exception {
    List<Sample> samples = Fixture.samples(folder, Role.LABELLED, 2);
    Files.delete(samples.get(0).image());
    assertThatThrownBy(() -> ImageStore.load(samples, 16, 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labelled0.png");
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 400})
  void labelsUpToAByteAndBeyondSurvivePacking(int objects) {
    LabelMap map =
        new LabelMap(objects + 1, 1, IntStream.rangeClosed(0, objects).map(i -> 3 * i).toArray());

    assertThat(new CompactLabels(map).unpack()).isEqualTo(map.renumbered());
  }
}
