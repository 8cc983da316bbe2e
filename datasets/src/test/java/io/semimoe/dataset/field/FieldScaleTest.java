package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Sides are scaled to whole pixels, so that width and height have factors of their own. */
class FieldScaleTest extends CutFixture {
  private FieldScale scale() throws Exception {
    return scale(3);
  }

  private FieldScale scale(double micronsOfFields) throws Exception {
    try (SlideFile slide = SlideFile.open(slide("slide", 100, 50).file())) {
      return FieldScale.of(slide, ofImages(1, micronsOfFields));
    }
  }

  @Test
  void outlinesReachAsFarAsTheScaledImage() throws Exception {
    Rectangle2D scaled =
        scale().fromImage().createTransformedShape(new Rectangle(100, 50)).getBounds2D();

    assertThat(scaled.getWidth()).isCloseTo(33, within(1e-9));
    assertThat(scaled.getHeight()).isCloseTo(17, within(1e-9));
  }

  @Test
  void placesAreToldInPixelsOfTheImage() throws Exception {
    assertThat(scale().inImage(new Rectangle(33, 17))).isEqualTo(new Rectangle(100, 50));
    assertThat(scale().inImage(new Rectangle(10, 10, 11, 7)))
        .isEqualTo(new Rectangle(30, 29, 34, 21));
  }

  @Test
  void pixelsAreKeptIfTheyDifferByAHundredthAtMost() throws Exception {
    assertThat(scale(1.009).bounds()).isEqualTo(new Rectangle(100, 50));
    assertThat(scale(1.02).bounds()).isEqualTo(new Rectangle(98, 49));
  }

  @Test
  void aSizeOfThePixelsThatIsGivenCountsMoreThanThatOfTheFile() throws Exception {
    Path file = folder.resolve("slide.tif");
    TiffLayout layout =
        TiffLayout.of(100, 50, TiffContent.RGB).withMicronsPerPixel(OptionalDouble.of(0.5));
    try (TiffWriter writer = TiffWriter.create(file, layout)) {
      writer.append(new RgbImage(100, 50, new byte[3 * 100 * 50]));
      writer.finish();
    }
    try (SlideFile slide = SlideFile.open(file)) {
      assertThat(FieldScale.of(slide, ofImages(2, 1)).bounds()).isEqualTo(new Rectangle(200, 100));
    }
  }
}
