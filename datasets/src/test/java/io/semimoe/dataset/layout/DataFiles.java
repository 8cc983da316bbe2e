package io.semimoe.dataset.layout;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Writes small image and mask files for tests. */
public final class DataFiles {
  private DataFiles() {}

  /** Writes a noise image that differs from name to name, in the format of the extension. */
  public static Path image(Path file, int width, int height) throws Exception {
    Files.createDirectories(file.getParent());
    SeededRandom random = SeededRandom.of(1, file.getFileName().toString());
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) random.nextInt(256);
    }
    if (file.toString().endsWith(".png")) {
      PngFiles.writeRgb(file, new RgbImage(width, height, rgb));
    } else {
      String name = file.getFileName().toString();
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        image.setRGB(i % width, i / width, random.nextInt(1 << 24));
      }
      ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    }
    return file;
  }

  /** Writes a mask with one object of a third of the width on the left. */
  public static Path mask(Path file, int width, int height) throws Exception {
    return mask(file, width, height, width / 3);
  }

  /** Writes a mask whose columns left of {@code objectWidth} are the object. */
  public static Path mask(Path file, int width, int height, int objectWidth) throws Exception {
    Files.createDirectories(file.getParent());
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % width < objectWidth ? 1 : 0;
    }
    PngFiles.writeMask(file, new LabelMap(width, height, labels));
    return file;
  }

  /** Writes an image and its mask of the same name. */
  public static void pair(Path images, Path masks, String name) throws Exception {
    image(images.resolve(name + ".png"), 24, 18);
    mask(masks.resolve(name + ".png"), 24, 18);
  }

  /** Returns a data set in the paper's layout, {@code val} for validation. */
  static DataSource.Paper paper(Path root) {
    return new DataSource.Paper(root, Optional.empty(), Optional.empty(), Role.VALIDATION);
  }

  /** Writes an image and its mask as GlaS has them. */
  public static void glas(Path root, String name) throws Exception {
    image(root.resolve(name + ".png"), 24, 18);
    mask(root.resolve(name + "_anno.png"), 24, 18);
  }
}
