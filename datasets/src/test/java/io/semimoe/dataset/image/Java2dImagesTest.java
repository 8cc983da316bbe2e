package io.semimoe.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.raster.Java2dImages;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image has the same colours whether it is read here or comes from {@code ImageIO.read}. */
class Java2dImagesTest {
  @TempDir Path folder;

  @Test
  void aGrayImageWithAlphaIsThatOfItsFile() throws Exception {
    BufferedImage image =
        TestImages.deep(ColorSpace.CS_GRAY, true, 2, 1, 257 * 100, 65_535, 257 * 100, 257 * 51);
    Path file = TestImages.write(folder.resolve("gray.png"), "png", image);

    BufferedImage read = ImageIO.read(file.toFile());

    assertThat(read.getColorModel().hasAlpha()).isTrue();
    assertThat(Java2dImages.toRgb(read)).isEqualTo(ImageFiles.readRgb(file));
    assertThat(samples(Java2dImages.toRgb(read))).containsExactly(100, 100, 100, 224, 224, 224);
  }

  @Test
  void aTiffWithAProfileIsThatOfItsFile() throws Exception {
    BufferedImage image = opaque(ColorSpace.CS_LINEAR_RGB, DataBuffer.TYPE_BYTE);
    image.getRaster().setPixel(0, 0, new int[] {100, 50, 0});
    Path file = TestImages.writeTiff(folder.resolve("linear.tif"), "LZW", image);

    BufferedImage read = ImageIO.read(file.toFile());

    assertThat(read.getColorModel().getColorSpace().isCS_sRGB()).isFalse();
    assertThat(Java2dImages.toRgb(read)).isEqualTo(ImageFiles.readRgb(file));
    assertThat(samples(Java2dImages.toRgb(read))).containsExactly(100, 50, 0);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void theBandsOfEachTypeAreFound(int type) {
    BufferedImage image = new BufferedImage(3, 2, type);
    image.setRGB(2, 1, 0xff0a141e);
    BufferedImage part = image.getSubimage(2, 1, 1, 1);

    assertThat(samples(Java2dImages.toRgb(part))).containsExactly(10, 20, 30);
  }

  @Test
  void whatHasNoWaySampleBySampleIsDrawn() {
    BufferedImage depth = opaque(ColorSpace.CS_sRGB, DataBuffer.TYPE_FLOAT);
    depth.getRaster().setPixel(0, 0, new float[] {1, 0, 0.2f});
    BufferedImage shade = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    shade.getRaster().setPixel(0, 0, new int[] {0, 51, 0, 51});

    assertThat(Java2dImages.obstacle(depth)).contains("has floating-point samples");
    assertThat(samples(Java2dImages.toRgb(depth))).containsExactly(255, 0, 51);
    assertThat(Java2dImages.obstacle(shade)).isPresent();
    assertThat(samples(Java2dImages.toRgb(shade))).containsExactly(204, 255, 204);
  }

  @Test
  void anIndexWithoutAColourIsTransparent() {
    BufferedImage image =
        TestImages.palette(8, new int[] {0xff000000, 0xff010203, 0xff040506}, 2, 1, 2, 200);

    assertThat(samples(Java2dImages.toRgb(image))).containsExactly(4, 5, 6, 255, 255, 255);
  }

  @Test
  void refusesMoreSamplesThanAnArrayHolds() {
    BufferedImage image =
        new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY) {
          @Override
          public int getWidth() {
            return 30_000;
          }

          @Override
          public int getHeight() {
            return 40_000;
          }
        };

    assertThatThrownBy(() -> Java2dImages.toRgb(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image: 30000×40000 pixels are too many for one array; use tiles");
  }

  private static BufferedImage opaque(int space, int dataType) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, dataType);
    return new BufferedImage(model, model.createCompatibleWritableRaster(1, 1), false, null);
  }

  private static int[] samples(RgbImage image) {
    int[] out = new int[image.rgb().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = image.rgb()[i] & 0xff;
    }
    return out;
  }
}
