package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.ModelException;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.SegmentationException;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.object.SegmentedObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Predicts single images; may be used by several threads at once. */
final class ImagePrediction {
  /** Larger images in tiled files are read, segmented and written piece by piece. */
  private static final long MOST_PIXELS_IN_MEMORY = 64L << 20;

  /** A row of tiles has to fit into an array. */
  private static final long MOST_PIXELS_OF_BAND = Integer.MAX_VALUE - 8;

  private final PredictionModels models;
  private final ObjectsOption objects;
  private final PixelSizeOption pixelSize;
  private final Path output;
  private final Set<Prediction> write;
  private final long maxPixels;
  private final PredictionReport report;
  private final PredictionProgress progress;
  private final MemoryBudget memory = MemoryBudget.ofHeap();

  /**
   * Puts together what all images have in common.
   *
   * @param objects which objects count
   * @param pixelSize how large pixels are
   * @param output folder to write into
   * @param write what to write
   * @param maxPixels most pixels of an image that is decoded as a whole
   * @param report told what is not as it was asked for
   */
  ImagePrediction(
      PredictionModels models,
      ObjectsOption objects,
      PixelSizeOption pixelSize,
      Path output,
      Set<Prediction> write,
      long maxPixels,
      PredictionReport report,
      PredictionProgress progress) {
    this.models = models;
    this.objects = objects;
    this.pixelSize = pixelSize;
    this.output = output;
    this.write = write;
    this.maxPixels = maxPixels;
    this.report = report;
    this.progress = progress;
  }

  /**
   * Predicts an image and writes its files; once more with smaller tiles if the memory does not
   * suffice.
   *
   * @param name name of the image without extension
   * @throws DataException if the image cannot be used, the memory does not suffice, or a file
   *     cannot be written
   * @throws SegmentationException if the model fails
   */
  PredictionReport.Predicted predict(String name, Path file) throws DataException {
    try (SlideFile slide = SlideFile.open(file, maxPixels)) {
      boolean streamed =
          slide.readsInPlace()
              && models.asked().prediction() == ModelDescription.Prediction.TILES
              && pixels(slide) > MOST_PIXELS_IN_MEMORY;
      check(slide);
      int taken = memory.take(streamed ? bandPixels(slide) : pixels(slide));
      try {
        Optional<PredictionReport.Predicted> first = attempt(models.asked(), slide, name, streamed);
        return first.isPresent() ? first.get() : again(slide, name, streamed);
      } finally {
        memory.giveBack(taken);
      }
    }
  }

  /** Refuses what cannot be predicted and warns of what may go wrong. */
  private void check(SlideFile slide) throws DataException {
    Segmenter segmenter = models.asked();
    boolean tiles = segmenter.prediction() == ModelDescription.Prediction.TILES;
    if (tiles && widest(slide) * segmenter.tileSize() > MOST_PIXELS_OF_BAND) {
      throw new DataException(
          slide.path(),
          String.format(
              "expected at most %d columns with tiles of %d pixels, found %d%s; turn the image",
              MOST_PIXELS_OF_BAND / segmenter.tileSize(),
              segmenter.tileSize(),
              widest(slide),
              widest(slide) > slide.width() ? " at the pixel size of the model" : ""));
    }
    if (!tiles && slide.readsInPlace() && pixels(slide) > maxPixels) {
      throw new DataException(
          slide.path(),
          String.format(
              "has %d×%d pixels, too many to be decoded as a whole; use --tiles",
              slide.width(), slide.height()));
    }
    if (segmenter.scale(pixelSize.of(slide)) > 1) {
      report.warn(
          slide.path(),
          String.format(
              Locale.ROOT,
              "has pixels of %.3f µm, larger than the %.3f µm that the model was trained on: it is"
                  + " enlarged, but what it does not show is missing",
              pixelSize.of(slide).getAsDouble(),
              segmenter.description().micronsPerPixel().getAsDouble()));
    }
  }

  /** Columns of the image or of what the model sees of it, whichever has more. */
  private long widest(SlideFile slide) {
    double scale = models.asked().scale(pixelSize.of(slide));
    return Math.round(slide.width() * Math.max(1, scale));
  }

  /** Pixels whose memory is that of a row of tiles and of the writers. */
  private long bandPixels(SlideFile slide) {
    return widest(slide) * models.asked().tileSize() / 2;
  }

  private PredictionReport.Predicted again(SlideFile slide, String name, boolean streamed)
      throws DataException {
    int tile = models.asked().tileSize();
    Segmenter smaller = smaller(slide);
    report.warn(
        slide.path(),
        String.format(
            "not enough memory with tiles of %d pixels, tried again with %d",
            tile, smaller.tileSize()));
    return attempt(smaller, slide, name, streamed)
        .orElseThrow(
            () ->
                outOfMemory(
                    slide,
                    String.format(
                        " with tiles of %d or of %d pixels; give Java more by"
                            + " SEMI_MOE_JAVA_OPTS=-Xmx… or choose a smaller --tile-size",
                        tile, smaller.tileSize())));
  }

  private Segmenter smaller(SlideFile slide) throws DataException {
    String advice =
        models.asked().prediction() == ModelDescription.Prediction.TILES
            ? "; choose a smaller --tile-size or fewer --images-at-once"
            : "; give Java more by SEMI_MOE_JAVA_OPTS=-Xmx… or use --tiles";
    try {
      return models.smaller().orElseThrow(() -> outOfMemory(slide, advice));
    } catch (ModelException e) {
      DataException failure = outOfMemory(slide, advice);
      failure.initCause(e);
      throw failure;
    }
  }

  private static DataException outOfMemory(SlideFile slide, String what) {
    return new DataException(
        slide.path(),
        String.format(
            "%d×%d pixels: not enough memory (Java may take %d MiB)%s",
            slide.width(), slide.height(), Runtime.getRuntime().maxMemory() >> 20, what));
  }

  /** Returns nothing if the memory did not suffice. */
  private Optional<PredictionReport.Predicted> attempt(
      Segmenter segmenter, SlideFile slide, String name, boolean streamed) throws DataException {
    try {
      return Optional.of(
          streamed ? streamed(segmenter, slide, name) : whole(segmenter, slide, name));
    } catch (OutOfMemoryError e) {
      return Optional.empty();
    } catch (SegmentationException e) {
      if (e.isOutOfMemory()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private PredictionReport.Predicted whole(Segmenter segmenter, SlideFile slide, String name)
      throws DataException {
    RgbImage image = ImageFiles.readRgb(slide.path(), maxPixels);
    OptionalDouble micronsPerPixel = pixelSize.of(slide);
    Segmentation segmentation = segmenter.segment(image, micronsPerPixel, progress.ofImage());
    SegmentedObjects found = segmentation.objects(objects.options(slide, micronsPerPixel));
    WholePrediction result =
        new WholePrediction(
            image, segmentation, found, segmenter.description().foregroundClass(), micronsPerPixel);
    Map<String, String> files = new LinkedHashMap<>();
    boolean whole = false;
    try {
      for (Prediction prediction : write) {
        Path to = prediction.file(output, name);
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
        report.warn(Path.of(file), "cannot be deleted though its image failed: " + e);
      }
    }
  }

  private PredictionReport.Predicted streamed(Segmenter segmenter, SlideFile slide, String name)
      throws DataException {
    Map<Prediction, Path> targets = new EnumMap<>(Prediction.class);
    Map<String, String> files = new LinkedHashMap<>();
    for (Prediction prediction : write) {
      if (prediction.isStreamed()) {
        Path to = prediction.streamedFile(output, name);
        targets.put(prediction, to);
        files.put(prediction.toString(), to.toString());
      } else {
        report.warn(
            slide.path(),
            String.format(
                "no %s of an image of more than %d million pixels",
                prediction, MOST_PIXELS_IN_MEMORY >> 20));
      }
    }
    if (targets.isEmpty()) {
      throw new DataException(
          slide.path(), "nothing of what --write asks for is written of such a large image");
    }
    OptionalDouble micronsPerPixel = pixelSize.of(slide);
    StreamedPrediction.Found found =
        StreamedPrediction.write(
            slide,
            micronsPerPixel,
            segmenter,
            objects.options(slide, micronsPerPixel),
            targets,
            progress.ofImage());
    return predicted(slide, files, found.objects(), found.foreground());
  }

  private static PredictionReport.Predicted predicted(
      SlideFile slide, Map<String, String> files, int objects, long foreground) {
    return new PredictionReport.Predicted(
        slide.path().toString(), files, objects, (double) foreground / pixels(slide));
  }

  private static long pixels(SlideFile slide) {
    return (long) slide.width() * slide.height();
  }
}
