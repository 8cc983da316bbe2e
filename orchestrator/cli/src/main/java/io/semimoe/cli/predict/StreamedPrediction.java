package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import io.semimoe.inference.MapRow;
import io.semimoe.inference.Progress;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.ObjectSweep;
import io.semimoe.inference.object.SegmentedObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * Writes what is found in an image that may be larger than the memory, while it is segmented: maps
 * as tiled pyramidal TIFF, objects as they end. No file gets its name before all of them are
 * complete.
 */
final class StreamedPrediction implements AutoCloseable {
  private final int width;
  private final float threshold;
  private final Optional<TiffWriter> mask;
  private final Optional<TiffWriter> probability;
  private final List<ObjectFile> objectFiles;
  private final Queue<SegmentedObject> ended = new ArrayDeque<>();
  private final ObjectSweep sweep;
  private long foreground;

  private StreamedPrediction(
      int width,
      float threshold,
      ObjectOptions objects,
      Optional<TiffWriter> mask,
      Optional<TiffWriter> probability,
      List<ObjectFile> objectFiles) {
    this.width = width;
    this.threshold = threshold;
    this.mask = mask;
    this.probability = probability;
    this.objectFiles = objectFiles;
    this.sweep = new ObjectSweep(width, threshold, objects, ended::add);
  }

  /**
   * What was found.
   *
   * @param objects number of objects
   * @param foreground number of pixels above the threshold
   */
  record Found(int objects, long foreground) {}

  /**
   * Segments an image and writes the files.
   *
   * @param micronsPerPixel side of a pixel in µm, if it is known
   * @param files the files by what they are; those that cannot be streamed must not be among them
   * @param progress told after each tile
   * @throws DataException if the image cannot be read or a file cannot be written; no file is then
   *     left, unless it is the renaming of a complete one that failed: those before it stay
   */
  static Found write(
      SlideFile slide,
      OptionalDouble micronsPerPixel,
      Segmenter segmenter,
      ObjectOptions objects,
      Map<Prediction, Path> files,
      Progress progress)
      throws DataException {
    RgbSource source = slide.scaledSource(segmenter.scale(micronsPerPixel));
    try (StreamedPrediction prediction = open(slide, micronsPerPixel, segmenter, objects, files)) {
      segmenter.segment(source, slide.width(), slide.height(), prediction::accept, progress);
      return prediction.finish();
    } catch (IOException e) {
      if (e.getCause() instanceof DataException cause) {
        throw cause;
      }
      throw new DataException(slide.path(), "cannot be segmented: " + e.getMessage(), e);
    }
  }

  private static StreamedPrediction open(
      SlideFile slide,
      OptionalDouble microns,
      Segmenter segmenter,
      ObjectOptions objects,
      Map<Prediction, Path> files)
      throws DataException {
    String className = segmenter.description().foregroundClass();
    boolean opened = false;
    List<ObjectFile> objectFiles = new ArrayList<>();
    Optional<TiffWriter> mask = Optional.empty();
    Optional<TiffWriter> probability = Optional.empty();
    try {
      for (Map.Entry<Prediction, Path> file : files.entrySet()) {
        Path path = file.getValue();
        switch (file.getKey()) {
          case MASK ->
              mask = Optional.of(TiffWriter.create(path, layout(slide, microns, TiffContent.MASK)));
          case PROBABILITY ->
              probability =
                  Optional.of(
                      TiffWriter.create(path, layout(slide, microns, TiffContent.PROBABILITY16)));
          case GEOJSON -> objectFiles.add(ObjectGeoJson.create(path, className, microns));
          case CSV -> objectFiles.add(ObjectCsv.create(path, microns));
          case LABELS ->
              objectFiles.add(
                  ObjectLabels.create(path, layout(slide, microns, TiffContent.LABELS16)));
          case OVERLAY, OVERLAY_JPEG ->
              throw new IllegalArgumentException(file.getKey() + " cannot be streamed");
        }
      }
      StreamedPrediction prediction =
          new StreamedPrediction(
              slide.width(), segmenter.threshold(), objects, mask, probability, objectFiles);
      opened = true;
      return prediction;
    } finally {
      if (!opened) {
        mask.ifPresent(TiffWriter::close);
        probability.ifPresent(TiffWriter::close);
        objectFiles.forEach(ObjectFile::close);
      }
    }
  }

  private static TiffLayout layout(
      SlideFile slide, OptionalDouble micronsPerPixel, TiffContent content) {
    return TiffLayout.of(slide.width(), slide.height(), content)
        .withPyramid()
        .withMicronsPerPixel(micronsPerPixel);
  }

  private void accept(MapRow row) throws IOException {
    float[] values = row.probability();
    int[] labels = new int[width];
    for (int x = 0; x < width; x++) {
      if (values[x] > threshold) {
        labels[x] = 1;
        foreground++;
      }
    }
    if (row.distance().isPresent()) {
      sweep.row(values, row.distance().get());
    } else {
      sweep.row(values);
    }
    try {
      if (mask.isPresent()) {
        mask.get().append(new LabelMap(width, 1, labels));
      }
      if (probability.isPresent()) {
        probability.get().append(new FloatMap(width, 1, values.clone()));
      }
      writeEnded();
    } catch (DataException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Found finish() throws DataException {
    int objects = sweep.finish();
    writeEnded();
    List<TiffWriter> maps = Stream.of(mask, probability).flatMap(Optional::stream).toList();
    for (TiffWriter map : maps) {
      map.complete();
    }
    for (ObjectFile file : objectFiles) {
      file.complete();
    }
    for (TiffWriter map : maps) {
      map.publish();
    }
    for (ObjectFile file : objectFiles) {
      file.publish();
    }
    return new Found(objects, foreground);
  }

  private void writeEnded() throws DataException {
    for (SegmentedObject object = ended.poll(); object != null; object = ended.poll()) {
      for (ObjectFile file : objectFiles) {
        file.add(object);
      }
    }
  }

  @Override
  public void close() {
    mask.ifPresent(TiffWriter::close);
    probability.ifPresent(TiffWriter::close);
    objectFiles.forEach(ObjectFile::close);
  }
}
