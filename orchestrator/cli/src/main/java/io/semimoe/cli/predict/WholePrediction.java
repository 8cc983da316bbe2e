package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.JpegFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.object.SegmentedObject;
import io.semimoe.inference.object.SegmentedObjects;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Writes what was found in an image that is in memory.
 *
 * @param image the image
 * @param segmentation its maps
 * @param objects its objects
 * @param className class of the objects
 * @param micronsPerPixel side of a pixel, where the file says so
 */
record WholePrediction(
    RgbImage image,
    Segmentation segmentation,
    SegmentedObjects objects,
    String className,
    OptionalDouble micronsPerPixel) {

  /**
   * Writes one of the files.
   *
   * @throws DataException if it cannot be written
   */
  void write(Prediction prediction, Path file) throws DataException {
    switch (prediction) {
      case MASK -> PngFiles.writeMask(file, segmentation.mask());
      case PROBABILITY -> PngFiles.writeProbabilities16(file, segmentation.probability());
      case OVERLAY -> PngFiles.writeRgb(file, overlay());
      case OVERLAY_JPEG -> JpegFiles.writeRgb(file, overlay());
      case LABELS ->
          ObjectLabels.write(
              file,
              objects.labels(),
              TiffLayout.of(image.width(), image.height(), TiffContent.LABELS16)
                  .withMicronsPerPixel(micronsPerPixel));
      case GEOJSON -> {
        try (ObjectFile out = ObjectGeoJson.create(file, className, micronsPerPixel)) {
          addAll(out);
        }
      }
      case CSV -> {
        try (ObjectFile out = ObjectCsv.create(file, micronsPerPixel)) {
          addAll(out);
        }
      }
    }
  }

  private RgbImage overlay() {
    return Overlay.draw(image, objects.labels());
  }

  private void addAll(ObjectFile out) throws DataException {
    for (SegmentedObject object : objects.objects()) {
      out.add(object);
    }
    out.complete();
    out.publish();
  }
}
