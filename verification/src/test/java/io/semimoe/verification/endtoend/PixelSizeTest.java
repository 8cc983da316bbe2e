package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Progress;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.training.evaluation.PixelCounts;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A trained network finds the same glands in an image whose pixels are half or twice as large as
 * those that it was trained on, if it is told so.
 */
class PixelSizeTest {
  private static final int SIDE = 384;
  private static final double TRAINED = 0.5;

  private static RgbImage image;
  private static Segmenter segmenter;
  private static LabelMap expected;

  @BeforeAll
  static void openModel() throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(TrainedModel.bytes()).toBuilder();
    model.addMetadataProps(
        StringStringEntryProto.newBuilder()
            .setKey("semimoe.pixel.size.um")
            .setValue(Double.toString(TRAINED)));
    SegmenterOptions tiles =
        SegmenterOptions.builder().threads(2).prediction(ModelDescription.Prediction.TILES).build();
    segmenter = Segmenter.open(model.build().toByteArray(), tiles);
    image = TrainedModel.tissue(SIDE, 1);
    expected = segmenter.segment(image).mask();
    assertThat((double) expected.foregroundCount() / (SIDE * SIDE)).isBetween(0.1, 0.9);
  }

  @AfterAll
  static void close() {
    segmenter.close();
  }

  @Test
  void halfThePixelSize() throws Exception {
    RgbImage finer = Resize.bilinear(image, 2 * SIDE, 2 * SIDE);

    double scaled = dice(finer, OptionalDouble.of(TRAINED / 2));
    assertThat(scaled).isGreaterThan(0.95);
    assertThat(dice(finer, OptionalDouble.empty())).isLessThan(scaled - 0.02);
  }

  @Test
  void twiceThePixelSize() throws Exception {
    RgbImage coarser =
        RgbSource.of(image).scaled(SIDE / 2, SIDE / 2).region(0, 0, SIDE / 2, SIDE / 2);

    double scaled = dice(coarser, OptionalDouble.of(2 * TRAINED));
    assertThat(scaled).isGreaterThan(0.9);
    assertThat(dice(coarser, OptionalDouble.empty())).isLessThan(scaled - 0.02);
  }

  /** Dice of what is found and of what is found in the image at the size of the training. */
  private static double dice(RgbImage seen, OptionalDouble micronsPerPixel) {
    LabelMap found = segmenter.segment(seen, micronsPerPixel, Progress.NONE).mask();
    return PixelCounts.of(Resize.nearest(found, SIDE, SIDE), expected).dice();
  }
}
