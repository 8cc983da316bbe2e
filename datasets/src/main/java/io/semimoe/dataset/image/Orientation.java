package io.semimoe.dataset.image;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Dihedral;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * How an image has to be turned or mirrored to be upright: what cameras write into the EXIF part of
 * a JPEG, and viewers follow.
 */
final class Orientation {
  /**
   * By the name in the standard metadata, which counts turns counter-clockwise. The names with a
   * flip and a turn are meant as the JPEG reader means them: turned first. The TIFF reader's are
   * flipped first.
   */
  private static final Map<String, Dihedral> BY_NAME =
      Map.of(
          "FlipH", Dihedral.FLIP_HORIZONTAL,
          "Rotate180", Dihedral.ROTATE_180,
          "FlipV", Dihedral.FLIP_VERTICAL,
          "FlipVRotate90", Dihedral.TRANSPOSE,
          "Rotate270", Dihedral.ROTATE_90,
          "FlipHRotate90", Dihedral.ANTI_TRANSPOSE,
          "Rotate90", Dihedral.ROTATE_270);

  private Orientation() {}

  /**
   * Returns what makes the reader's first image upright.
   *
   * @throws DataException if it is a TIFF that is not stored upright: one that is read in tiles
   *     could not be turned
   */
  static Dihedral upright(Path file, ImageReader reader) throws IOException, DataException {
    String format = Decoder.formatOf(reader);
    boolean tiff = format.startsWith("tif");
    if (!tiff && !format.startsWith("jp")) {
      return Dihedral.IDENTITY;
    }
    Dihedral upright = BY_NAME.getOrDefault(name(reader), Dihedral.IDENTITY);
    if (tiff && upright != Dihedral.IDENTITY) {
      throw refused(file);
    }
    return upright;
  }

  /** The exception for a TIFF that is not stored upright. */
  static DataException refused(Path file) {
    return new DataException(
        file,
        "is a TIFF that is stored turned or mirrored (tag Orientation); expected one that is stored"
            + " upright; save it so, for example as PNG");
  }

  private static String name(ImageReader reader) {
    try {
      IIOMetadata metadata = reader.getImageMetadata(0);
      Node tree = metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
      NodeList found = ((Element) tree).getElementsByTagName("ImageOrientation");
      return found.getLength() == 0 ? "" : ((Element) found.item(0)).getAttribute("value");
    } catch (IOException | RuntimeException e) {
      // Damaged metadata say nothing; if the image is damaged too, its decoding tells.
      return "";
    }
  }
}
