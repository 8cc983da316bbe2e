package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Dihedral;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Reads photographs: PNG, BMP, TIFF (first page) and JPEG. */
public final class ImageFiles {
  /** Extensions, in lower case and without the dot, of the files that can be read. */
  public static final List<String> EXTENSIONS = List.of("png", "bmp", "tif", "tiff", "jpg", "jpeg");

  /**
   * Most pixels that are decoded at once where the caller names no other limit: 16384×16384. A
   * header that promises more may be a mistake or made to exhaust the memory.
   */
  public static final long DEFAULT_MAX_PIXELS = 1L << 28;

  private ImageFiles() {}

  /** Whether the file's name ends like that of an image that can be read. Looks at no file. */
  public static boolean hasImageExtension(Path file) {
    return hasExtension(file, EXTENSIONS);
  }

  /**
   * Whether the file's name ends with a dot and one of {@code extensions}, which are in lower case,
   * in whatever case. Looks at no file.
   */
  public static boolean hasExtension(Path file, Collection<String> extensions) {
    Path name = file.getFileName();
    if (name == null) {
      return false;
    }
    String text = name.toString();
    int dot = text.lastIndexOf('.');
    return dot > 0 && extensions.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Decodes an image to 8-bit RGB. Nearly all the time goes into decoding, some 50 ms per megapixel
   * of PNG on one core; keep the result rather than read a file twice.
   *
   * <ul>
   *   <li>Gray: red = green = blue = the stored sample; of a TIFF that says that white is zero, the
   *       greatest possible sample less the stored one. Palette: the entry's colour.
   *   <li>Samples of b bits become round(255·v / (2^b − 1)).
   *   <li>Alpha: laid on white, the background of a slide. Colours that a TIFF stores multiplied by
   *       their alpha are taken for others: they come out too light.
   *   <li>CMYK JPEG: converted by its profile, or by the common formula where it carries none.
   *   <li>A JPEG is turned and mirrored as its camera's orientation tag (EXIF) says, as viewers and
   *       OpenCV do. Such tags in other files are not looked at, but for a TIFF that is not stored
   *       upright, which is refused.
   *   <li>An ICC profile of an RGB or gray image is not applied: the samples are those that
   *       OpenCV-trained models saw.
   * </ul>
   *
   * @throws DataException if the file is missing, empty, no image, damaged or cut off, too large
   *     for the memory at hand or for {@link #DEFAULT_MAX_PIXELS}, or holds samples that have no
   *     agreed way to RGB (floating point, more than 16 bits, CMYK TIFF, four-channel JPEG without
   *     an Adobe marker, more than four channels), or is a TIFF that is not stored upright
   */
  public static RgbImage readRgb(Path file) throws DataException {
    return readRgb(file, DEFAULT_MAX_PIXELS);
  }

  /**
   * Decodes an image of at most {@code maxPixels} pixels; beyond that it is refused by its header,
   * before any memory is taken. Otherwise as {@link #readRgb(Path)}.
   *
   * @throws DataException as {@link #readRgb(Path)}
   */
  public static RgbImage readRgb(Path file, long maxPixels) throws DataException {
    return toRgb(file, Decoder.decode(file, maxPixels));
  }

  /**
   * Decodes an image that is in memory, in any of the formats, as {@link #readRgb(Path)} does.
   *
   * @param file where the bytes came from, to be named in errors
   * @throws DataException as {@link #readRgb(Path)}
   */
  public static RgbImage readRgb(Path file, byte[] content) throws DataException {
    return toRgb(file, Decoder.decode(file, content, DEFAULT_MAX_PIXELS));
  }

  private static RgbImage toRgb(Path file, Decoder.Decoded decoded) throws DataException {
    if (decoded.isJpeg() && decoded.image().getColorModel().hasAlpha()) {
      throw new DataException(
          file,
          "is a JPEG of four channels that does not say which colours they are (no Adobe marker);"
              + " save it as RGB PNG");
    }
    RgbImage stored = RgbConversion.convert(file, decoded.image());
    return decoded.upright() == Dihedral.IDENTITY ? stored : decoded.upright().apply(stored);
  }

  /**
   * Reads the size of an image, as {@link #readRgb(Path)} returns it, from its header only, without
   * decoding a pixel.
   *
   * @throws DataException if the file is missing, empty, no image, its header is damaged, or it is
   *     a TIFF that is not stored upright
   */
  public static ImageSize readSize(Path file) throws DataException {
    return Decoder.size(file);
  }

  /**
   * Whether an image is turned or mirrored as it is read, since a camera's orientation tag (EXIF)
   * says so. Reads the header only.
   *
   * @throws DataException as {@link #readSize}
   */
  public static boolean isTurned(Path file) throws DataException {
    return Decoder.isTurned(file);
  }

  /**
   * Refuses an image that cannot be decoded as a whole, by its sides alone.
   *
   * @throws DataException if it has more than {@code maxPixels} pixels or does not fit into memory
   */
  public static void checkDecodable(Path file, ImageSize size, long maxPixels)
      throws DataException {
    Decoder.checkSize(file, size, maxPixels);
  }

  /**
   * Refuses a TIFF that is not stored upright, by its tag Orientation alone.
   *
   * @throws DataException if the tag is one of 2 to 8; 1 is upright, and others mean nothing
   */
  public static void checkUpright(Path file, long orientation) throws DataException {
    if (orientation >= 2 && orientation <= 8) {
      throw Orientation.refused(file);
    }
  }

  /**
   * Refuses what cannot be the file of an image, without looking into it.
   *
   * @throws DataException if the file is missing, a folder, may not be read, or is empty
   */
  public static void checkReadable(Path file) throws DataException {
    Decoder.checkFile(file);
  }
}
