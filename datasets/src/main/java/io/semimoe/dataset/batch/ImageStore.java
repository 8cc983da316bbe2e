package io.semimoe.dataset.batch;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.augment.ImageAndMask;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * The images and masks of some samples, resized once to S x S (images bilinear, masks nearest) and
 * kept in memory: 3 bytes a pixel, and little for the masks, which are deflated, so 100 MB hold 500
 * images of 256 x 256. Immutable, and may be read by several threads at once.
 */
public final class ImageStore {
  private record Entry(Sample sample, RgbImage image, Optional<CompactLabels> mask) {}

  private final int size;
  private final List<Entry> entries;

  private ImageStore(int size, List<Entry> entries) {
    this.size = size;
    this.entries = ImmutableList.copyOf(entries);
  }

  /**
   * Reads and resizes the files of {@code samples}; slow, as it decodes them all.
   *
   * @param size S, the side in pixels, at least 1
   * @param threads how many files to decode at a time, at least 1
   * @throws DataException if a file cannot be read, a mask has another size than its image, or the
   *     memory does not suffice
   */
  public static ImageStore load(List<Sample> samples, int size, int threads) throws DataException {
    checkArgument(size >= 1, "size: expected 1 or more pixels, found %s", size);
    return new ImageStore(
        size, ParallelMap.apply(samples, threads, Sample::image, sample -> read(sample, size)));
  }

  private static Entry read(Sample sample, int size) throws DataException {
    RgbImage image = ImageFiles.readRgb(sample.image());
    Optional<CompactLabels> mask = Optional.empty();
    if (sample.mask().isPresent()) {
      LabelMap labels = readMask(sample, image);
      mask = Optional.of(new CompactLabels(Resize.nearest(labels, size, size)));
    }
    return new Entry(sample, Resize.bilinear(image, size, size), mask);
  }

  /** Returns the sample's mask at its own size, which must be that of the image. */
  static LabelMap readMask(Sample sample, RgbImage image) throws DataException {
    return MaskFiles.read(
        sample.mask().orElseThrow(), sample.image(), new ImageSize(image.width(), image.height()));
  }

  /** Returns the number of images. */
  public int count() {
    return entries.size();
  }

  /** Returns S, the side of the images in pixels. */
  public int size() {
    return size;
  }

  /** Returns the sample that image {@code index} comes from. */
  public Sample sample(int index) {
    return entries.get(index).sample();
  }

  /**
   * Returns image {@code index} at S x S with its mask, whose instances are numbered 1, 2, ... in
   * the order of their labels in the file.
   */
  public ImageAndMask imageAndMask(int index) {
    Entry entry = entries.get(index);
    return new ImageAndMask(entry.image(), entry.mask().map(CompactLabels::unpack));
  }

  /** Returns all images at S x S, for {@link Normalization#measure}. */
  public List<RgbImage> images() {
    return entries.stream().map(Entry::image).toList();
  }
}
