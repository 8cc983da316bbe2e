package io.semimoe.dataset.synthetic;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;

/**
 * Makes synthetic images of glandular tissue: irregular glands (epithelium with rows of nuclei
 * around a pale lumen), some touching, in fibrous stroma with scattered cells and vessels, in
 * varying stain, light, focus and noise. Neither brightness nor hue tells glands from stroma, since
 * lumina are as pale as vessels and clefts, and epithelium as purple as crowds of immune cells.
 */
public final class SyntheticGlands {
  private static final double REFERENCE_SIDE = 256;

  private SyntheticGlands() {}

  /**
   * Returns image number {@code index} of the series; takes some 0.1 s for 256 x 256 pixels. Glands
   * and cells grow with the shorter side, so that an image of any size shows about as many.
   *
   * @throws IllegalArgumentException if {@code index} is negative
   */
  public static SyntheticImage generate(SyntheticImageSettings settings, int index) {
    checkArgument(index >= 0, "index: expected 0 or more, found %s", index);
    int width = settings.width();
    int height = settings.height();
    double unit = Math.min(width, height) / REFERENCE_SIDE;
    LabelMap glands = GlandPlacement.place(width, height, unit, random(settings, "glands", index));
    Depth depth = new Depth(glands);
    StainField field = new StainField(width, height);
    new StromaPainter(field, glands, depth, unit, random(settings, "stroma", index)).paint();
    new EpitheliumPainter(field, glands, depth, unit, random(settings, "epithelium", index))
        .paint();
    RgbImage image = field.photograph(random(settings, "photograph", index));
    return new SyntheticImage(image, glands);
  }

  private static SeededRandom random(SyntheticImageSettings settings, String purpose, int index) {
    return SeededRandom.of(settings.seed(), "synthetic " + purpose, index);
  }
}
