package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.object.SegmentedObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs a segmenter on an image and writes what was asked for. */
final class PredictionWriter {
  private final PredictionSettings settings;
  private final PredictionListener listener;

  /** The listener is told the tiles, and files that cannot be deleted. */
  PredictionWriter(PredictionSettings settings, PredictionListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Segments an image in memory and writes its files, all or none.
   *
   * @throws DataException if the image cannot be read or a file not written
   * @throws io.semimoe.inference.SegmentationException if the model fails
   */
  Predicted whole(Segmenter segmenter, SlideFile slide, String name) throws DataException {
    RgbImage image =
        slide.readsInPlace()
            ? slide.region(0, 0, 0, slide.width(), slide.height())
            : ImageFiles.readRgb(slide.path(), settings.maxPixels());
    OptionalDouble micronsPerPixel = settings.micronsPerPixel(slide);
    Segmentation segmentation = segmenter.segment(image, micronsPerPixel, listener.ofImage());
    SegmentedObjects found =
        segmentation.objects(
            settings.objects().options(slide.width(), slide.height(), micronsPerPixel));
    WholePrediction result =
        new WholePrediction(
            image, segmentation, found, segmenter.description().foregroundClass(), micronsPerPixel);
    Map<String, String> files = new LinkedHashMap<>();
    boolean whole = false;
    try {
      for (Prediction prediction : settings.write()) {
        Path to = prediction.file(settings.output(), name);
        result.write(prediction, to);
        files.put(prediction.toString(), to.toString());
      }
      whole = true;
    } finally {
      if (!whole) {
        delete(files.values());
      }
    }
    return predicted(slide, files, found.objects().size(), segmentation.mask().foregroundCount());
  }

  /** Deletes the files of an image that fails after all, so that none stands for it. */
  private void delete(Collection<String> files) {
    for (String file : files) {
      try {
        Files.deleteIfExists(Path.of(file));
      } catch (IOException e) {
        listener.warned(
            Path.of(file), "cannot be deleted though its image failed: " + FileFailure.reason(e));
      }
    }
  }

  /**
   * Reads, segments and writes an image piece by piece, those of its files that can be.
   *
   * @throws DataException if the image cannot be read or a file not written
   * @throws io.semimoe.inference.SegmentationException if the model fails
   */
  Predicted pieceByPiece(Segmenter segmenter, SlideFile slide, String name) throws DataException {
    Map<Prediction, Path> targets = new EnumMap<>(Prediction.class);
    Map<String, String> files = new LinkedHashMap<>();
    for (Prediction prediction : settings.write()) {
      if (prediction.isStreamed()) {
        Path to = prediction.streamedFile(settings.output(), name);
        targets.put(prediction, to);
        files.put(prediction.toString(), to.toString());
      }
    }
    OptionalDouble micronsPerPixel = settings.micronsPerPixel(slide);
    StreamedPrediction.Found found =
        StreamedPrediction.write(
            slide,
            micronsPerPixel,
            segmenter,
            settings.objects().options(slide.width(), slide.height(), micronsPerPixel),
            targets,
            listener.ofImage());
    return predicted(slide, files, found.objects(), found.foreground());
  }

  private static Predicted predicted(
      SlideFile slide, Map<String, String> files, int objects, long foreground) {
    double pixels = (double) slide.width() * slide.height();
    return new Predicted(slide.path().toString(), files, objects, foreground / pixels);
  }
}
