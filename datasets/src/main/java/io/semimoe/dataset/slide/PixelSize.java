package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a pixel is on the glass, in µm. */
public final class PixelSize {
  /** The smallest size of a microscope: beyond, a resolution speaks of paper or screens. */
  public static final double SMALLEST = 0.02;

  /** The largest size of a microscope. */
  public static final double LARGEST = 20;

  private static final double SQUARE_WITHIN = 0.01;
  private static final double MICRONS_PER_CENTIMETRE = 10_000;

  private static final Pattern APERIO = Pattern.compile("\\bMPP\\s*=\\s*([0-9.]+)");
  private static final Pattern OME =
      Pattern.compile("<Pixels[^>]*\\bPhysicalSizeX=\"([0-9.eE+-]+)\"[^>]*>");
  private static final Pattern OTHER_UNIT =
      Pattern.compile(
          "\\bPhysicalSizeXUnit=\"(?!µm\"|&#181;m\"|&#xB5;m\")", Pattern.CASE_INSENSITIVE);

  private PixelSize() {}

  /**
   * Microns per pixel of the image: from an Aperio description ({@code MPP = 0.25}), from OME-XML
   * ({@code PhysicalSizeX}, in µm), or from a resolution in pixels per centimetre; empty if the
   * file has none of these, if they are no size of a microscope (0.02 to 20 µm), or if the
   * resolution differs between the directions. A resolution per inch is what programs write that
   * know nothing of the image, and does not count.
   */
  static OptionalDouble of(TiffDirectory directory) throws DataException {
    String text = directory.text(TiffTag.IMAGE_DESCRIPTION);
    Matcher aperio = APERIO.matcher(text);
    if (aperio.find()) {
      return plausible(aperio.group(1));
    }
    Matcher ome = OME.matcher(text);
    if (ome.find() && !OTHER_UNIT.matcher(ome.group()).find()) {
      return plausible(ome.group(1));
    }
    return directory.integer(TiffTag.RESOLUTION_UNIT, 0) == TiffTag.UNIT_CENTIMETRE
        ? perCentimetre(
            directory.rational(TiffTag.X_RESOLUTION), directory.rational(TiffTag.Y_RESOLUTION))
        : OptionalDouble.empty();
  }

  private static OptionalDouble perCentimetre(OptionalDouble x, OptionalDouble y) {
    if (x.isEmpty()
        || y.isEmpty()
        || Math.abs(x.getAsDouble() / y.getAsDouble() - 1) > SQUARE_WITHIN) {
      return OptionalDouble.empty();
    }
    return plausible(MICRONS_PER_CENTIMETRE / x.getAsDouble());
  }

  private static OptionalDouble plausible(String number) {
    try {
      return plausible(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble plausible(double microns) {
    return isPlausible(microns) ? OptionalDouble.of(microns) : OptionalDouble.empty();
  }

  /** Whether this is the side of a pixel that a microscope can have. */
  public static boolean isPlausible(double microns) {
    return microns >= SMALLEST && microns <= LARGEST;
  }
}
