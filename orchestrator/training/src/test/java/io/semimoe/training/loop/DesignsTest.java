package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.runtime.CudaSettings;
import io.semimoe.training.runtime.SessionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignsTest {
  private static final int SIZE = 16;

  @TempDir private Path folder;

  @Test
  void theNetworkAndItsPassesAreThoseOfTheConfiguration() {
    TrainingDesign design =
        Designs.training(
            configuration(
                "network.width=6",
                "network.size=48",
                "network.dropout=0.25",
                "batchSize=3",
                "optimizer={kind: sgd, momentum: 0.5, weightDecay: 0.125}"));

    assertThat(design)
        .isEqualTo(
            new TrainingDesign(
                new NetworkSpec(6, 3, 48, 48), 2, 0.25, new Optimizer.Sgd(0.5, 0.125), false));
  }

  @Test
  void eachConstantOfAdamWHasItsKey() {
    TrainingDesign design =
        Designs.training(
            configuration(
                "optimizer={kind: adamw, beta1: 0.5, beta2: 0.25, epsilon: 3, weightDecay: 4}"));

    assertThat(design.optimizer()).isEqualTo(new Optimizer.AdamW(0.5, 0.25, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({"true, false, 2", "false, false, 1", "true, true, 1"})
  void bothBatchesShareAPassIfTheyAreToAndThereAreTwo(
      boolean jointPass, boolean supervisedOnly, int batchesInPass) {
    TrainingConfiguration configuration =
        configuration("jointPass=" + jointPass, "supervisedOnly=" + supervisedOnly);

    assertThat(Designs.training(configuration).batchesInPass()).isEqualTo(batchesInPass);
  }

  @Test
  void eachConstantOfTheAdaptiveLossHasItsKey() {
    TrainingConfiguration configuration =
        configuration(
            "adaptiveLoss.coefficients={segmentation: 1, distance: 2, boundary: 3}",
            "adaptiveLoss.regularizer=4",
            "adaptiveLoss.initial=5",
            "adaptiveLoss.learningRate=6",
            "adaptiveLoss.weightDecay=7");

    assertThat(Designs.adaptiveLoss(configuration.adaptiveLoss()))
        .isEqualTo(new AdaptiveMultiObjectiveLoss.Settings(5, 6, 7, new TaskValues(1, 2, 3), 4));
  }

  @ParameterizedTest
  @CsvSource({"true, true, false", "true, false, true", "false, true, true"})
  void aGpuIsUsedAsTheRuntimeKeysSay(boolean spinning, boolean tf32, boolean exhaustiveSearch) {
    TrainingConfiguration configuration =
        configuration(
            "runtime.threads=3",
            "runtime.device=cuda:2",
            "runtime.spinning=" + spinning,
            "runtime.tf32=" + tf32,
            "runtime.exhaustiveSearch=" + exhaustiveSearch);

    assertThat(Designs.session(configuration.runtime()))
        .isEqualTo(
            new SessionSettings(
                3,
                spinning,
                Optional.of(new CudaSettings(2, tf32, exhaustiveSearch)),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "data.layout=glas, data.normalization.kind=paper, false",
    "data.layout=folders, data.normalization.kind=paper, false",
    "data.layout=crag, data.normalization.kind=paper, true",
    "data.layout=crag, data.normalization.kind=glas, false",
    "data.layout=glas, data.normalization.kind=crag, true"
  })
  void thePapersNormalisationIsThatOfTheLayoutUnlessOneIsNamed(
      String layout, String kind, boolean crag) throws Exception {
    ImageStore none = ImageStore.load(List.of(), SIZE, 1);

    assertThat(normalization(configuration(layout, kind), none, none))
        .isEqualTo(crag ? Normalization.CRAG : Normalization.GLAS);
  }

  @Test
  void anExplicitNormalisationHasTheNumbersThatAreGiven() throws Exception {
    ImageStore none = ImageStore.load(List.of(), SIZE, 1);
    TrainingConfiguration configuration =
        configuration("data.normalization={kind: explicit, mean: [0.1, 0.2, 0.3], std: [4, 5, 6]}");

    assertThat(normalization(configuration, none, none))
        .isEqualTo(new Normalization(new float[] {0.1f, 0.2f, 0.3f}, new float[] {4, 5, 6}));
  }

  @Test
  void aMeasuredNormalisationIsThatOfLabelledAndUnlabelledImages() throws Exception {
    ImageStore labelled = imageOf(0, 51, 102);
    ImageStore unlabelled = imageOf(255, 153, 204);

    Normalization measured =
        normalization(configuration("data.normalization.kind=measured"), labelled, unlabelled);

    assertThat(measured.mean()).containsExactly(new float[] {0.5f, 0.4f, 0.6f}, within(1e-6f));
    assertThat(measured.std()).containsExactly(new float[] {0.5f, 0.2f, 0.2f}, within(1e-6f));
  }

  private static Normalization normalization(
      TrainingConfiguration configuration, ImageStore labelled, ImageStore unlabelled)
      throws Exception {
    return Designs.normalization(
        configuration,
        new TrainingImages(labelled, Optional.of(unlabelled), 1),
        InitialWeights.of(configuration));
  }

  private ImageStore imageOf(int red, int green, int blue) throws Exception {
    byte[] rgb = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    Path file = folder.resolve(red + ".png");
    PngFiles.writeRgb(file, new RgbImage(SIZE, SIZE, rgb));
    Sample sample = new Sample("" + red, file, Optional.empty(), Role.UNLABELLED, "train");
    return ImageStore.load(List.of(sample), SIZE, 1);
  }

  private static TrainingConfiguration configuration(String... settings) {
    return ConfigurationLoader.load(Optional.empty(), Optional.empty(), List.of(settings));
  }
}
