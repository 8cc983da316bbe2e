package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.LabelMap;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the outlines of objects: masks and instance maps in PNG, BMP or TIFF. */
public final class MaskFiles {
  /** More colours than any instance map has, and far fewer than any photograph. */
  private static final int MAX_COLOURS = 10_000;

  /** Most objects of one mask: what is kept of a label are at most two bytes. */
  private static final int MAX_OBJECTS = LabelMap.LARGEST_OF_16_BITS;

  private MaskFiles() {}

  /**
   * Reads a mask or an instance map; 0 is background in the result.
   *
   * <ul>
   *   <li>Gray (1 to 32 bits): the label is the stored sample. Of a TIFF that says that white is
   *       zero, it is the greatest possible sample less the stored one.
   *   <li>Palette: the label is the stored index, whatever its colour. Only where entry 0 is not
   *       black but a pixel has another entry that is, black is the background, and entry 0 gets
   *       the first label beyond the palette.
   *   <li>RGB: each distinct colour is one object, numbered from 1 in the order of the pixels;
   *       black is background.
   *   <li>Alpha: wholly transparent pixels are background.
   *   <li>A mask with a single value besides 0 (0/1, 0/255, one object) has the label 1 throughout.
   *       Its components are not told apart; see {@code ConnectedComponents.label}.
   * </ul>
   *
   * @throws DataException if the file is missing, empty, no image, damaged or cut off, or is no
   *     mask: a JPEG (its compression makes up values between the labels), an image with more than
   *     10 000 colours, floating-point samples, labels above 2³¹ − 1, CMYK
   */
  public static LabelMap read(Path file) throws DataException {
    Decoder.Decoded decoded = Decoder.decode(file, ImageFiles.DEFAULT_MAX_PIXELS);
    if (decoded.isJpeg()) {
      throw new DataException(
          file,
          "is a JPEG, which cannot hold a mask: compression makes up values between the labels;"
              + " expected PNG, BMP or TIFF");
    }
    BufferedImage image = decoded.image();
    int[] labels =
        image.getColorModel() instanceof IndexColorModel palette
            ? fromPalette(image.getRaster(), palette)
            : fromComponents(file, image);
    unifySingleLabel(labels);
    return new LabelMap(image.getWidth(), image.getHeight(), labels);
  }

  /**
   * Reads the mask of an image to learn from or to evaluate on, as {@link #read(Path)} does.
   *
   * @param image the image's file, for messages
   * @param imageSize its size
   * @throws DataException as {@link #read(Path)}, or if the mask has another size than its image or
   *     more than 65 535 labels
   */
  public static LabelMap read(Path file, Path image, ImageSize imageSize) throws DataException {
    LabelMap mask = read(file);
    ImageSize size = new ImageSize(mask.width(), mask.height());
    if (!size.equals(imageSize)) {
      throw new DataException(
          file,
          "mask of another size: expected %s pixels as in %s, found %s; replace the mask or the image"
              .formatted(imageSize, image, size));
    }
    checkObjects(file, mask);
    return mask;
  }

  private static void checkObjects(Path file, LabelMap mask) throws DataException {
    int objects = mask.maxLabel() > MAX_OBJECTS ? mask.distinctLabels().length : 0;
    if (objects > MAX_OBJECTS) {
      throw new DataException(
          file,
          "has %d labels; expected at most %d, one number per gland"
              .formatted(objects, MAX_OBJECTS));
    }
  }

  private static int[] fromPalette(Raster raster, IndexColorModel palette) {
    int[] labels = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    boolean[] occurs = new boolean[palette.getMapSize()];
    for (int index : labels) {
      occurs[index] = true;
    }
    int[] labelOfIndex = labelsOfPalette(palette, occurs);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labelOfIndex[labels[i]];
    }
    return labels;
  }

  private static int[] labelsOfPalette(IndexColorModel palette, boolean[] occurs) {
    int size = palette.getMapSize();
    int[] colours = new int[size];
    palette.getRGBs(colours);
    boolean blackElsewhere = false;
    for (int i = 1; i < size; i++) {
      // Palettes are padded with black.
      blackElsewhere |= occurs[i] && isBackground(colours[i]);
    }
    boolean byIndex = isBackground(colours[0]) || !blackElsewhere;
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      if (byIndex) {
        labels[i] = i;
      } else if (!isBackground(colours[i])) {
        labels[i] = i == 0 ? size : i;
      }
    }
    return labels;
  }

  private static boolean isBackground(int argb) {
    return (argb & 0xffffff) == 0 || argb >>> 24 == 0;
  }

  private static int[] fromComponents(Path file, BufferedImage image) throws DataException {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int type = raster.getDataBuffer().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw new DataException(
          file, "has floating-point samples; expected a mask with integer labels");
    }
    int bands = raster.getNumBands();
    int colours = model.hasAlpha() ? bands - 1 : bands;
    if (colours != 1 && colours != 3) {
      throw new DataException(
          file, "has " + bands + " channels; expected a gray, palette or RGB mask");
    }
    int width = raster.getWidth();
    int used = usedBits(model.getComponentSize(0), type);
    int[] labels = new int[width * raster.getHeight()];
    int[] row = new int[width * bands];
    Map<Long, Integer> idOfColour = new HashMap<>();
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += bands) {
        boolean transparent = model.hasAlpha() && row[i + bands - 1] == 0;
        if (transparent) {
          labels[o] = 0;
        } else if (colours == 1) {
          labels[o] = checkedLabel(file, row[i] & used, o % width, y);
        } else {
          labels[o] = idOf(file, idOfColour, row[i], row[i + 1], row[i + 2]);
        }
        o++;
      }
    }
    return labels;
  }

  /**
   * The bits of a stored number that belong to its sample: TwelveMonkeys inverts a gray TIFF whose
   * zero is white with the bits above them.
   */
  private static int usedBits(int bits, int dataType) {
    return bits < DataBuffer.getDataTypeSize(dataType) ? (1 << bits) - 1 : -1;
  }

  private static int checkedLabel(Path file, int label, int x, int y) throws DataException {
    if (label < 0) {
      throw new DataException(
          file,
          "has the label %s at (%d, %d); expected labels from 0 to %d"
              .formatted(Integer.toUnsignedString(label), x, y, Integer.MAX_VALUE));
    }
    return label;
  }

  private static int idOf(Path file, Map<Long, Integer> ids, int red, int green, int blue)
      throws DataException {
    if ((red | green | blue) == 0) {
      return 0;
    }
    long colour = (long) red << 32 | (long) green << 16 | blue;
    Integer known = ids.get(colour);
    if (known != null) {
      return known;
    }
    if (ids.size() == MAX_COLOURS) {
      throw new DataException(
          file,
          "has more than "
              + MAX_COLOURS
              + " colours; expected a mask with one colour per object, not a photograph");
    }
    ids.put(colour, ids.size() + 1);
    return ids.size();
  }

  /** Renames the only label that occurs to 1; leaves maps with several labels as they are. */
  private static void unifySingleLabel(int[] labels) {
    int single = 0;
    for (int label : labels) {
      if (label != 0 && label != single) {
        if (single != 0) {
          return;
        }
        single = label;
      }
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] != 0 ? 1 : 0;
    }
  }
}
