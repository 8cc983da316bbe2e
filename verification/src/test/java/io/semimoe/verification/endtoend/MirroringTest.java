package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.Dihedral;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained model with mirroring gives the mean of what it gives for the four mirror images. */
class MirroringTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private static Path folder;
  private static Path model;

  @BeforeAll
  static void trainAndExport() throws Exception {
    Path split = SmallTraining.writeData(folder.resolve("data"));
    TrainingConfiguration configuration = SmallTraining.configuration(split, List.of("epochs=1"));
    RunFolder run = SmallTraining.train(configuration, folder.resolve("run"));
    ModelExport.write(configuration, run.latestCheckpoint(), run.export());
    model = run.export().resolve("model.onnx");
  }

  @Test
  void resizedImagesAreAveraged() throws Exception {
    holds(SegmenterOptions.builder(), noise(50, 40));
  }

  /** One tile, since several lie otherwise on the mirror images. */
  @Test
  void tilesAreAveraged() throws Exception {
    holds(
        SegmenterOptions.builder().prediction(ModelDescription.Prediction.TILES).tileSize(64),
        noise(64, 64));
  }

  private static void holds(SegmenterOptions.Builder options, RgbImage image) throws Exception {
    Segmentation mirrored;
    try (Segmenter segmenter = Segmenter.open(model, options.mirrored(true).build())) {
      mirrored = segmenter.segment(image);
    }
    float[] plain;
    double[] mean = new double[image.width() * image.height()];
    double[] distance = new double[mean.length];
    double weight = 0;
    try (Segmenter segmenter = Segmenter.open(model, options.mirrored(false).build())) {
      plain = segmenter.segment(image).probability().values();
      for (Dihedral mirror :
          List.of(
              Dihedral.IDENTITY,
              Dihedral.FLIP_HORIZONTAL,
              Dihedral.FLIP_VERTICAL,
              Dihedral.ROTATE_180)) {
        Segmentation one = segmenter.segment(mirror.apply(image));
        float[] probability = mirror.apply(one.probability()).values();
        float[] field = mirror.apply(one.distance().orElseThrow()).values();
        for (int i = 0; i < mean.length; i++) {
          mean[i] += probability[i] / 4.0;
          distance[i] += field[i] / 4.0;
        }
        weight += one.gateWeights().orElseThrow().weight(0, 0) / 4.0;
      }
    }
    double moved = 0;
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) mirrored.probability().values()[i])
          .as("probability of pixel %d", i)
          .isCloseTo(mean[i], within(TOLERANCE));
      assertThat((double) mirrored.distance().orElseThrow().values()[i])
          .as("distance of pixel %d", i)
          .isCloseTo(distance[i], within(TOLERANCE));
      moved = Math.max(moved, Math.abs(mean[i] - plain[i]));
    }
    assertThat((double) mirrored.gateWeights().orElseThrow().weight(0, 0))
        .isCloseTo(weight, within(TOLERANCE));
    assertThat(moved).as("what mirroring changes").isGreaterThan(100 * TOLERANCE);
  }

  private static RgbImage noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(5).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }
}
