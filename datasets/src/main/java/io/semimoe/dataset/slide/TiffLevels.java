package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Finds the resolutions of the first image of a TIFF file, and how to read them. */
final class TiffLevels {
  private static final Set<Long> READABLE = Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32_773L, 32_946L);
  private static final Set<Long> JPEG_2000 = Set.of(33_003L, 33_005L, 34_712L);
  private static final List<String> ASSOCIATED = List.of("label ", "macro ", "thumbnail");

  private static final int MAX_SAMPLES = 4;
  private static final int MAX_BITS = 16;

  /** A level and its reader. */
  record Level(SlideLevel sides, PixelReader reader) {}

  private TiffLevels() {}

  /**
   * Level 0 and those of the other directories that are smaller versions of it: they follow in the
   * chain of directories or are its SubIFDs, are stored in the same way and cover the same area.
   * Thumbnail, label and macro photograph of a slide are left out.
   *
   * @return empty if level 0 can only be decoded as a whole
   */
  static List<Level> find(TiffInput in, List<TiffDirectory> chain) throws DataException {
    TileCache cache = new TileCache();
    TiffDirectory first = chain.get(0);
    ImageSize full = size(in, first);
    ImageFiles.checkUpright(in.path(), first.integer(TiffTag.ORIENTATION, 1));
    List<Level> levels = new ArrayList<>();
    level(in, cache, first, new SlideLevel(full.width(), full.height(), 1)).ifPresent(levels::add);
    if (levels.isEmpty()) {
      return levels;
    }
    List<TiffDirectory> others = new ArrayList<>(chain.subList(1, chain.size()));
    others.addAll(first.children());
    for (TiffDirectory other : others) {
      if (isSmallerVersion(first, other)) {
        ImageSize size = size(in, other);
        OptionalDouble downsample = downsample(full, size);
        if (downsample.isPresent()) {
          SlideLevel sides = new SlideLevel(size.width(), size.height(), downsample.getAsDouble());
          level(in, cache, other, sides).ifPresent(levels::add);
        }
      }
    }
    levels.sort(Comparator.comparingDouble(level -> level.sides().downsample()));
    return levels;
  }

  /** The sides of an image, refused if they are not from 1 to 2³¹ − 1. */
  static ImageSize size(TiffInput in, TiffDirectory directory) throws DataException {
    return new ImageSize(
        side(in, directory, TiffTag.IMAGE_WIDTH), side(in, directory, TiffTag.IMAGE_LENGTH));
  }

  private static int side(TiffInput in, TiffDirectory directory, int tag) throws DataException {
    long side = directory.integer(tag, 0);
    if (side < 1 || side > Integer.MAX_VALUE) {
      throw new DataException(
          in.path(),
          "expected a %s from 1 to %d pixels, found %s"
              .formatted(
                  tag == TiffTag.IMAGE_WIDTH ? "width" : "height",
                  Integer.MAX_VALUE,
                  Long.toUnsignedString(side)));
    }
    return (int) side;
  }

  private static Optional<Level> level(
      TiffInput in, TileCache cache, TiffDirectory directory, SlideLevel sides)
      throws DataException {
    long compression = directory.integer(TiffTag.COMPRESSION, TiffTag.COMPRESSION_NONE);
    if (compression == TiffTag.COMPRESSION_OLD_JPEG) {
      return Optional.empty();
    }
    if (!READABLE.contains(compression)) {
      throw new DataException(
          in.path(),
          "is compressed in a way that cannot be read (%s); save it with JPEG, Deflate or LZW compression"
              .formatted(
                  (JPEG_2000.contains(compression) ? "JPEG 2000, " : "")
                      + "TIFF compression "
                      + compression));
    }
    checkSamples(in, directory);
    Optional<TileGrid> grid = TileGrid.of(in, directory, sides.width(), sides.height());
    if (grid.isEmpty()) {
      return Optional.empty();
    }
    TileDecoder decoder = new TileDecoder(in, directory, grid.get());
    return Optional.of(new Level(sides, new TileReader(grid.get(), cache.over(decoder))));
  }

  private static void checkSamples(TiffInput in, TiffDirectory directory) throws DataException {
    long samples = directory.integer(TiffTag.SAMPLES_PER_PIXEL, 1);
    long bits = directory.integer(TiffTag.BITS_PER_SAMPLE, 1);
    if (samples < 1 || samples > MAX_SAMPLES || bits < 1 || bits > MAX_BITS) {
      throw new DataException(
          in.path(),
          "has %d channels of %d bits; expected gray, palette or RGB samples of at most %d bits"
              .formatted(samples, bits, MAX_BITS));
    }
  }

  private static boolean isSmallerVersion(TiffDirectory first, TiffDirectory other)
      throws DataException {
    boolean tiled = other.has(TiffTag.TILE_WIDTH);
    long kind = other.integer(TiffTag.NEW_SUBFILE_TYPE, 0);
    String text = other.text(TiffTag.IMAGE_DESCRIPTION).toLowerCase(Locale.ROOT);
    return tiled == first.has(TiffTag.TILE_WIDTH)
        && (tiled || kind == TiffTag.REDUCED_IMAGE)
        && (kind & ~TiffTag.REDUCED_IMAGE) == 0
        && other.integer(TiffTag.SAMPLES_PER_PIXEL, 1)
            == first.integer(TiffTag.SAMPLES_PER_PIXEL, 1)
        && ASSOCIATED.stream().noneMatch(text::contains);
  }

  /**
   * The factor d for which the smaller image has, within one pixel, 1/d of the columns and 1/d of
   * the rows: a power of two or else a whole number where one will do. Empty if there is none, or
   * it is not above 1.
   */
  static OptionalDouble downsample(ImageSize full, ImageSize small) {
    double width = full.width();
    double height = full.height();
    if (small.width() >= width || small.height() > height) {
      return OptionalDouble.empty();
    }
    double least = Math.max(width / (small.width() + 1), height / (small.height() + 1));
    // A side of one pixel allows any factor from there on: the quotient is then infinite.
    double most = Math.min(width / (small.width() - 1), height / (small.height() - 1));
    if (least > most) {
      return OptionalDouble.empty();
    }
    double mean = (width / small.width() + height / small.height()) / 2;
    double power = Math.pow(2, Math.rint(Math.log(mean) / Math.log(2)));
    for (double whole : new double[] {power, Math.rint(mean)}) {
      if (whole >= Math.max(2, least) && whole <= most) {
        return OptionalDouble.of(whole);
      }
    }
    return OptionalDouble.of(mean);
  }
}
