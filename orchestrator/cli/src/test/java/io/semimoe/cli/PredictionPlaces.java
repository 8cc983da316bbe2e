package io.semimoe.cli;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of {@code predict} start from. */
abstract class PredictionPlaces {
  @TempDir Path folder;

  /** The {@link RedModel}. */
  Path model;

  /** Folder with the half red images {@code a.png}, 48×32 pixels, and {@code b.png}, 33×57. */
  Path images;

  /** A folder that there is not yet, nor the one above it. */
  Path output;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  @BeforeEach
  void makeModelAndImages() throws Exception {
    model = RedModel.write(folder.resolve("model.onnx"));
    images = Files.createDirectory(folder.resolve("images of tïssue"));
    output = folder.resolve("out").resolve("new");
    PngFiles.writeRgb(images.resolve("a.png"), halfRed(48, 32));
    PngFiles.writeRgb(images.resolve("b.png"), halfRed(33, 57));
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
