package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkPositionIndex;

import com.google.common.collect.ImmutableList;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.util.List;

/**
 * Images to evaluate on, in the order of their samples, with their truths at S x S and at the
 * image's own size. Kept in memory: 3·S·S bytes an image and its truths, deflated to some
 * hundredths of a byte a pixel. Immutable, and may be read by several threads at once.
 */
public final class EvaluationSet {
  private record Entry(
      Sample sample, RgbImage image, CompactLabels truth, CompactLabels resizedTruth) {}

  private final int size;
  private final Normalization normalization;
  private final List<Entry> entries;

  private EvaluationSet(int size, Normalization normalization, List<Entry> entries) {
    this.size = size;
    this.normalization = normalization;
    this.entries = ImmutableList.copyOf(entries);
  }

  /**
   * Reads and resizes the files of {@code samples}; slow, as it decodes them all.
   *
   * @param samples samples with masks
   * @param size S, the side in pixels, at least 1
   * @param normalization the one that the model was trained with
   * @param threads how many files to decode at a time, at least 1
   * @throws DataException if a file cannot be read, a mask has another size than its image, or the
   *     memory does not suffice
   * @throws IllegalArgumentException if a sample has no mask
   */
  public static EvaluationSet load(
      List<Sample> samples, int size, Normalization normalization, int threads)
      throws DataException {
    checkArgument(size >= 1, "size: expected 1 or more pixels, found %s", size);
    for (Sample sample : samples) {
      checkArgument(
          sample.mask().isPresent(),
          "%s: expected a sample with a mask to evaluate on, found a %s one",
          sample.name(),
          sample.role().text());
    }
    return new EvaluationSet(
        size,
        normalization,
        ParallelMap.apply(samples, threads, Sample::image, sample -> read(sample, size)));
  }

  private static Entry read(Sample sample, int size) throws DataException {
    RgbImage image = ImageFiles.readRgb(sample.image());
    LabelMap truth = ImageStore.readMask(sample, image);
    return new Entry(
        sample,
        Resize.bilinear(image, size, size),
        new CompactLabels(truth),
        new CompactLabels(Resize.nearest(truth, size, size)));
  }

  /** Returns the number of images. */
  public int count() {
    return entries.size();
  }

  /** Returns S, the side of the images in pixels. */
  public int size() {
    return size;
  }

  /** Returns the sample that image {@code index} comes from; its group tells what to report. */
  public Sample sample(int index) {
    return entries.get(index).sample();
  }

  /**
   * Returns the normalised images {@code first}, {@code first + 1}, ... as one batch. For models of
   * a fixed batch size: past the last image, the batch is filled up with that one again, and its
   * results there are to be dropped.
   *
   * @param count N, the number of images in the batch, at least 1
   * @return {@code float32 [N, 3, S, S]}, RGB planes, a new array
   * @throws IndexOutOfBoundsException if there is no image {@code first}
   */
  public float[] images(int first, int count) {
    checkArgument(count >= 1, "count: expected 1 or more images, found %s", count);
    checkPositionIndex(first, entries.size() - 1, "first image");
    int planes = 3 * size * size;
    float[] batch = new float[count * planes];
    for (int i = 0; i < count; i++) {
      int index = Math.min(first + i, entries.size() - 1);
      normalization.apply(entries.get(index).image(), batch, i * planes);
    }
    return batch;
  }

  /**
   * Returns the truth of image {@code index} at its own size, a new map. Instances are numbered 1,
   * 2, ... in the order of their labels in the file.
   */
  public LabelMap truth(int index) {
    return entries.get(index).truth().unpack();
  }

  /** Returns the truth of image {@code index} at S x S (nearest), a new map. */
  public LabelMap resizedTruth(int index) {
    return entries.get(index).resizedTruth().unpack();
  }
}
