package io.semimoe.dataset.image;

import com.google.common.collect.ImmutableSet;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Path;
import java.util.Locale;

/** Reads photographs: PNG, BMP, TIFF (first page) and JPEG. */
public final class ImageFiles {
  /** Extensions, in lower case and without the dot, of the files that can be read. */
  public static final ImmutableSet<String> EXTENSIONS =
      ImmutableSet.of("png", "bmp", "tif", "tiff", "jpg", "jpeg");

  private ImageFiles() {}

  /** Whether the file's name ends like that of an image that can be read. Looks at no file. */
  public static boolean hasImageExtension(Path file) {
    Path name = file.getFileName();
    if (name == null) {
      return false;
    }
    String text = name.toString();
    int dot = text.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Decodes an image to 8-bit RGB. Nearly all the time goes into decoding, some 50 ms per megapixel
   * of PNG on one core; keep the result rather than read a file twice.
   *
   * <ul>
   *   <li>Gray: red = green = blue = the stored sample. Palette: the entry's colour.
   *   <li>Samples of b bits become round(255·v / (2^b − 1)), so 16-bit ones keep their upper 8
   *       bits.
   *   <li>Alpha: laid on white, the background of a slide.
   *   <li>CMYK JPEG: converted by its profile, or by the common formula where it carries none.
   *   <li>An ICC profile of an RGB or gray image is not applied and a camera's orientation tag is
   *       not followed: the samples are those that OpenCV-trained models saw.
   * </ul>
   *
   * @throws DataException if the file is missing, empty, no image, damaged or cut off, too large
   *     for the memory at hand, or holds samples that have no agreed way to RGB (floating point,
   *     more than 16 bits, CMYK TIFF, four-channel JPEG without an Adobe marker, more than four
   *     channels)
   */
  public static RgbImage readRgb(Path file) throws DataException {
    Decoder.Decoded decoded = Decoder.decode(file);
    if (decoded.isJpeg() && decoded.image().getColorModel().hasAlpha()) {
      throw new DataException(
          file,
          "is a JPEG of four channels that does not say which colours they are (no Adobe marker);"
              + " save it as RGB PNG");
    }
    return RgbConversion.convert(file, decoded.image());
  }

  /**
   * Reads the size of an image from its header only, without decoding a pixel.
   *
   * @throws DataException if the file is missing, empty, no image, or its header is damaged
   */
  public static ImageSize readSize(Path file) throws DataException {
    return Decoder.size(file);
  }
}
