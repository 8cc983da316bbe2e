package io.semimoe.cli;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a prediction takes, in a temporary folder.
 *
 * @param model the {@link RedModel}
 * @param images folder with the half red images {@code a.png}, 48×32, and {@code b.png}, 33×57
 * @param output a folder that there is not yet, nor the one above it
 */
record PredictionPlaces(Path model, Path images, Path output) {
  static PredictionPlaces in(Path folder) throws Exception {
    Path images = Files.createDirectory(folder.resolve("images of tïssue"));
    PngFiles.writeRgb(images.resolve("a.png"), halfRed(48, 32));
    PngFiles.writeRgb(images.resolve("b.png"), halfRed(33, 57));
    return new PredictionPlaces(
        RedModel.write(folder.resolve("model.onnx")), images, folder.resolve("out").resolve("new"));
  }

  /** Red on the left, black on the right. */
  static RgbImage halfRed(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width / 2; x++) {
        rgb[(y * width + x) * 3] = (byte) 255;
      }
    }
    return new RgbImage(width, height, rgb);
  }

  static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
