package io.semimoe.dataset.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RastersTest {
  private static final LabelMap MAP = new LabelMap(3, 2, new int[] {0, 9, 2, 2, 0, 9});

  @Test
  void cropCopiesTheRectangle() {
    assertThat(MAP.crop(1, 0, 2, 2)).isEqualTo(new LabelMap(2, 2, new int[] {9, 2, 0, 9}));
    assertThat(new RgbImage(2, 2, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3}).crop(1, 1, 1, 1))
        .isEqualTo(new RgbImage(1, 1, new byte[] {1, 2, 3}));
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1,1", "0,-1,1,1", "2,0,2,1", "0,1,1,2", "0,0,0,1", "1,0,2147483647,1"})
  void cropRefusesARectangleThatLeavesTheRaster(int x, int y, int width, int height) {
    assertThatThrownBy(() -> MAP.crop(x, y, width, height))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crop");
  }

  @Test
  void imagesAreTakenApartIntoPlanesAndMapsIntoRows() {
    assertThat(new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, (byte) 255}).planes())
        .containsExactly(1, 4, 2, 5, 3, 255);
    assertThat(new FloatMap(2, 2, new float[] {1, 2, 3, 4}).row(1)).containsExactly(3, 4);
  }

  @Test
  void labelMapsTellTheirLabels() {
    assertThat(MAP.distinctLabels()).containsExactly(2, 9);
    assertThat(MAP.maxLabel()).isEqualTo(9);
    assertThat(MAP.foregroundCount()).isEqualTo(4);
    assertThat(MAP.foreground().labels()).containsExactly(0, 1, 1, 1, 0, 1);
  }

  @Test
  void theThresholdItselfIsNotAboveIt() {
    assertThat(new FloatMap(3, 1, new float[] {0.4f, 0.5f, 0.6f}).above(0.5f).labels())
        .containsExactly(0, 0, 1);
  }

  @Test
  void refusesArraysOfAnotherSizeAndNegativeLabels() {
    assertThatThrownBy(() -> new RgbImage(2, 2, new byte[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an array of 12 samples, found 4");
    assertThatThrownBy(() -> new LabelMap(2, 1, new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an array of 2 samples, found 3");
    assertThatThrownBy(() -> new LabelMap(2, 1, new int[] {0, -3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found -3 at (1, 0)");
    assertThatThrownBy(() -> new FloatMap(0, 1, new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0×1");
    assertThatThrownBy(() -> new FloatMap(50_000, 50_000, new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("50000×50000");
  }

  @ParameterizedTest
  @CsvSource({"3,0", "0,2", "-1,1", "0,-1"})
  void pixelsOutsideAreRefusedByName(int x, int y) {
    assertThatThrownBy(() -> MAP.label(x, y))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("(" + x + ", " + y + ")");
  }
}
