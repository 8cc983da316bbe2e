package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.Overlay;
import io.semimoe.inference.Segmentation;
import java.nio.file.Path;
import java.util.List;

/**
 * The three files that predicting one image writes.
 *
 * @param mask 8-bit gray, 255 where the foreground is
 * @param probability 16-bit gray, probability · 65535
 * @param overlay the image with the outlines of the mask
 */
record PredictedFiles(Path mask, Path probability, Path overlay) {

  static PredictedFiles of(Path folder, String name) {
    return new PredictedFiles(
        folder.resolve(name + "_mask.png"),
        folder.resolve(name + "_probability.png"),
        folder.resolve(name + "_overlay.png"));
  }

  List<Path> all() {
    return List.of(mask, probability, overlay);
  }

  void write(RgbImage image, Segmentation segmentation) throws DataException {
    PngFiles.writeMask(mask, segmentation.mask());
    PngFiles.writeProbabilities16(probability, segmentation.probability());
    PngFiles.writeRgb(overlay, Overlay.DEFAULT.draw(image, segmentation.mask()));
  }
}
