package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MirroringTest {
  private static final RgbImage IMAGE =
      new RgbImage(2, 2, new byte[] {10, 0, 0, 20, 0, 0, 30, 0, 0, 40, 0, 0});

  /** Gives the left column the red of its pixels, and the right one nothing. */
  private static FloatMap leftColumn(RgbImage image) {
    byte[] rgb = image.rgb();
    return new FloatMap(2, 2, new float[] {rgb[0], 0, rgb[6], 0});
  }

  private static TileMaps mean(Function<RgbImage, TileMaps> model) {
    return Mirroring.mean(IMAGE, model.apply(IMAGE), model);
  }

  @Test
  void averagesTheMapsOfAllMirrorImagesWhereTheyBelong() {
    TileMaps mean =
        mean(
            image ->
                new TileMaps(
                    leftColumn(image), Optional.empty(), Optional.empty(), Optional.empty()));

    // Each pixel is in the left column of two of the four images.
    assertThat(mean.probability().values()).containsExactly(5, 10, 15, 20);
    assertThat(mean.distance()).isEmpty();
    assertThat(mean.boundary()).isEmpty();
    assertThat(mean.gateWeights()).isEmpty();
  }

  @Test
  void averagesWhateverTheModelGives() {
    TileMaps mean =
        mean(
            image -> {
              FloatMap map = leftColumn(image);
              float first = image.rgb()[0] / 100f;
              return new TileMaps(
                  map,
                  Optional.of(map),
                  Optional.of(map),
                  Optional.of(new GateWeights(new float[] {first, 0, 0, 0, 0, 0, 0, 0, 1})));
            });

    assertThat(mean.distance().orElseThrow().values()).containsExactly(5, 10, 15, 20);
    assertThat(mean.boundary().orElseThrow().values()).containsExactly(5, 10, 15, 20);
    assertThat(mean.gateWeights().orElseThrow().weight(0, 0)).isEqualTo(0.25f);
    assertThat(mean.gateWeights().orElseThrow().weight(2, 2)).isEqualTo(1);
  }
}
