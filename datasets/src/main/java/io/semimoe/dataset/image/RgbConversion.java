package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Java2dImages;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;

/** Turns a decoded file into 8-bit RGB; what has no agreed way there is refused. */
final class RgbConversion {
  private RgbConversion() {}

  static RgbImage convert(Path file, BufferedImage image) throws DataException {
    Optional<String> obstacle = Java2dImages.obstacle(image);
    if (obstacle.isPresent()) {
      throw new DataException(
          file,
          obstacle.get()
              + "; expected gray, palette or RGB samples of at most 16 bits; save it as 8-bit RGB PNG");
    }
    return Java2dImages.toRgb(image);
  }
}
