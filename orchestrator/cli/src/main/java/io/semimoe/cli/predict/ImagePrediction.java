package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Rasters;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.ModelException;
import io.semimoe.inference.SegmentationException;
import io.semimoe.inference.Segmenter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Predicts single images as the memory permits: in memory or piece by piece, with the tiles asked
 * for or smaller ones. May be used by several threads at once.
 */
final class ImagePrediction {
  /** Images in tiled files of more millions of pixels are predicted piece by piece. */
  private static final int MOST_MILLIONS_IN_MEMORY = 64;

  private static final long MOST_PIXELS_IN_MEMORY = MOST_MILLIONS_IN_MEMORY * 1_000_000L;

  /** The colours of an image in memory have to fit into an array. */
  private static final long MOST_PIXELS_OF_ARRAY = Rasters.LARGEST_ARRAY / 3;

  private static final String MORE_HEAP = "SEMI_MOE_JAVA_OPTS=-Xmx…";

  private final PredictionModels models;
  private final PredictionSettings settings;
  private final PredictionListener listener;
  private final long mostPixelsInMemory;
  private final PredictionWriter writer;
  private final MemoryBudget memory = MemoryBudget.ofHeap();

  /** Puts together what all images have in common; the listener is told warnings and tiles. */
  ImagePrediction(
      PredictionModels models, PredictionSettings settings, PredictionListener listener) {
    this(
        models,
        settings,
        listener,
        Math.min(MOST_PIXELS_IN_MEMORY, MemoryBudget.mostPixelsOfHeap()));
  }

  /** The same with another limit above which images are streamed. */
  ImagePrediction(
      PredictionModels models,
      PredictionSettings settings,
      PredictionListener listener,
      long mostPixelsInMemory) {
    this.models = models;
    this.settings = settings;
    this.listener = listener;
    this.mostPixelsInMemory = mostPixelsInMemory;
    this.writer = new PredictionWriter(settings, listener);
  }

  /**
   * Predicts an image and writes its files; once more piece by piece or with smaller tiles if the
   * memory does not suffice.
   *
   * @param name name of the image without extension
   * @throws DataException if the image cannot be used, the memory does not suffice, or a file
   *     cannot be written
   * @throws SegmentationException if the model fails
   */
  Predicted predict(String name, Path file) throws DataException {
    try (SlideFile slide = SlideFile.open(file, settings.maxPixels())) {
      check(slide);
      boolean streamed = canBeStreamed(slide) && pixels(slide) > mostPixelsInMemory;
      if (streamed) {
        checkStreamed(slide);
      }
      int taken = memory.take(streamed ? bandPixels(slide) : pixels(slide));
      try {
        return streamed ? attempts(slide, name, true) : inMemory(slide, name);
      } finally {
        memory.giveBack(taken);
      }
    }
  }

  private boolean canBeStreamed(SlideFile slide) {
    return slide.readsInPlace() && isTiled();
  }

  private boolean isTiled() {
    return models.asked().prediction() == ModelDescription.Prediction.TILES;
  }

  /** Refuses what cannot be predicted and warns of what may go wrong. */
  private void check(SlideFile slide) throws DataException {
    Segmenter segmenter = models.asked();
    // A row of tiles has to fit into an array.
    if (isTiled() && widest(slide) * segmenter.tileSize() > Rasters.LARGEST_ARRAY) {
      throw new DataException(
          slide.path(),
          String.format(
              "expected at most %d columns with tiles of %d pixels, found %d%s; turn the image",
              Rasters.LARGEST_ARRAY / segmenter.tileSize(),
              segmenter.tileSize(),
              widest(slide),
              widest(slide) > slide.width() ? " at the pixel size of the model" : ""));
    }
    if (!isTiled()
        && slide.readsInPlace()
        && pixels(slide) > Math.min(settings.maxPixels(), MOST_PIXELS_OF_ARRAY)) {
      throw new DataException(
          slide.path(),
          String.format(
              "has %d×%d pixels, too many to be decoded as a whole; use --tiles",
              slide.width(), slide.height()));
    }
    if (segmenter.scale(settings.micronsPerPixel(slide)) > 1) {
      listener.warned(
          slide.path(),
          String.format(
              Locale.ROOT,
              "has pixels of %.3f µm, larger than the %.3f µm that the model was trained on: it is"
                  + " enlarged, but what it does not show is missing",
              settings.micronsPerPixel(slide).getAsDouble(),
              segmenter.description().micronsPerPixel().getAsDouble()));
    }
  }

  /** Says why an image is streamed and what is then not written; refuses it if that is all. */
  private void checkStreamed(SlideFile slide) throws DataException {
    String why =
        pixels(slide) > MOST_PIXELS_IN_MEMORY
            ? String.format("it has more than %d million pixels", MOST_MILLIONS_IN_MEMORY)
            : String.format(
                "Java's memory of %d MiB does not suffice for it as a whole; give it more by %s",
                mebibytes(), MORE_HEAP);
    if (settings.write().stream().noneMatch(Prediction::isStreamed)) {
      throw new DataException(
          slide.path(),
          "nothing of what --write asks for can be written piece by piece, as is needed since "
              + why);
    }
    String missing =
        settings.write().stream()
            .filter(prediction -> !prediction.isStreamed())
            .map(prediction -> "without " + prediction + ", ")
            .collect(Collectors.joining());
    listener.warned(slide.path(), "is predicted piece by piece, " + missing + "since " + why);
  }

  /** Columns of the image or of what the model sees of it, whichever has more. */
  private long widest(SlideFile slide) {
    double scale = models.asked().scale(settings.micronsPerPixel(slide));
    return Math.round(slide.width() * Math.max(1, scale));
  }

  /** Pixels whose memory is that of a row of tiles and of the writers. */
  private long bandPixels(SlideFile slide) {
    return widest(slide) * models.asked().tileSize() / 2;
  }

  /** Predicts an image in memory, or piece by piece after all if the heap does not suffice. */
  private Predicted inMemory(SlideFile slide, String name) throws DataException {
    try {
      return attempts(slide, name, false);
    } catch (OutOfMemoryError e) {
      if (!canBeStreamed(slide)) {
        throw outOfMemory(
            slide,
            String.format(
                "; give Java more by %s, choose fewer --images-at-once%s",
                MORE_HEAP, slide.readsInPlace() ? " or use --tiles" : ""));
      }
    }
    checkStreamed(slide);
    return attempts(slide, name, true);
  }

  private Predicted attempts(SlideFile slide, String name, boolean streamed) throws DataException {
    Optional<Predicted> first = attempt(models.asked(), slide, name, streamed);
    return first.isPresent() ? first.get() : again(slide, name, streamed);
  }

  private Predicted again(SlideFile slide, String name, boolean streamed) throws DataException {
    int tile = models.asked().tileSize();
    Segmenter smaller = smaller(slide);
    listener.warned(
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
                        " with tiles of %d or of %d pixels; give Java more by %s or choose a smaller"
                            + " --tile-size",
                        tile, smaller.tileSize(), MORE_HEAP)));
  }

  private Segmenter smaller(SlideFile slide) throws DataException {
    String advice =
        isTiled()
            ? "; choose a smaller --tile-size or fewer --images-at-once"
            : "; choose fewer --images-at-once";
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
            slide.width(), slide.height(), mebibytes(), what));
  }

  private static long mebibytes() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  /**
   * Returns nothing if the memory did not suffice and smaller tiles may help: with them an image in
   * memory takes less beside the heap, one that is streamed less of the heap too.
   */
  private Optional<Predicted> attempt(
      Segmenter segmenter, SlideFile slide, String name, boolean streamed) throws DataException {
    try {
      return Optional.of(
          streamed
              ? writer.pieceByPiece(segmenter, slide, name)
              : writer.whole(segmenter, slide, name));
    } catch (OutOfMemoryError e) {
      if (streamed) {
        return Optional.empty();
      }
      throw e;
    } catch (SegmentationException e) {
      if (e.isOutOfMemory()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static long pixels(SlideFile slide) {
    return (long) slide.width() * slide.height();
  }
}
