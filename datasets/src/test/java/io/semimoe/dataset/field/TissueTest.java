package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TissueTest {
  @ParameterizedTest
  @CsvSource({
    "glass,240,238,243,0",
    "white,255,255,255,0",
    "not scanned,0,0,0,0",
    "a pen,10,4,20,0",
    "eosin,225,160,200,1",
    "pale stroma,235,215,228,1",
    "nuclei,90,60,140,1"
  })
  void tellsTissueFromGlass(String what, int red, int green, int blue, double share) {
    byte[] rgb = {(byte) red, (byte) green, (byte) blue};

    assertThat(Tissue.share(new RgbImage(1, 1, rgb))).as(what).isEqualTo(share);
  }

  @Test
  void isAShareOfThePixels() {
    byte[] rgb = new byte[12];
    rgb[0] = (byte) 200;

    assertThat(Tissue.share(new RgbImage(2, 2, rgb))).isEqualTo(0.25);
  }
}
