package io.semimoe.dataset.slide;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.raster.Rasters;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * An image file of any size, read a rectangle at a time.
 *
 * <p>A TIFF, BigTIFF or SVS in tiles or strips is read in place: a rectangle costs the decoding of
 * each tile that it touches, and needs the memory of the result and of one tile. The tiles used
 * last are kept as long as this object, up to 32 Mi pixels of all levels together (96 MiB, and no
 * more than an eighth of Java's memory), so that rectangles side by side decode each once. Strips
 * are tiles as wide as the image: where those under one row of rectangles have more pixels than
 * that, each rectangle decodes them again. The levels of a pyramid are found in the directories
 * after the first or in its SubIFDs. JPEG 2000 is refused.
 *
 * <p>PNG, JPEG and BMP, and TIFF files in pieces of more than 16 megapixels, can only be decoded as
 * a whole: the first rectangle costs that, 3 bytes per pixel are kept as long as this object (and
 * some 9 more are needed for the time of decoding), and each rectangle is a copy from them. Such
 * files are refused, by their header, beyond a number of pixels that the caller may choose.
 *
 * <p>Colours are those of {@link ImageFiles#readRgb(Path)}. Several threads may read at once: tiles
 * are decoded independently. Close the file when no thread reads any more.
 */
public final class SlideFile implements AutoCloseable {
  /** Extensions, in lower case and without the dot, of the files that can be opened. */
  public static final List<String> EXTENSIONS =
      Stream.concat(ImageFiles.EXTENSIONS.stream(), Stream.of("svs", "btf")).toList();

  private final Path path;
  private final List<SlideLevel> levels;
  private final List<PixelReader> readers;
  private final OptionalDouble micronsPerPixel;
  private final Optional<TiffInput> input;
  private volatile boolean closed;

  private SlideFile(Path path, ImageSize size, long maxPixels, OptionalDouble micronsPerPixel)
      throws DataException {
    ImageFiles.checkDecodable(path, size, maxPixels);
    this.path = path;
    this.levels = List.of(new SlideLevel(size.width(), size.height(), 1));
    this.readers = List.of(new WholeImageReader(path, maxPixels));
    this.micronsPerPixel = micronsPerPixel;
    this.input = Optional.empty();
  }

  private SlideFile(
      TiffInput input, List<TiffLevels.Level> levels, OptionalDouble micronsPerPixel) {
    this.path = input.path();
    this.levels = levels.stream().map(TiffLevels.Level::sides).toList();
    this.readers = levels.stream().map(TiffLevels.Level::reader).toList();
    this.micronsPerPixel = micronsPerPixel;
    this.input = Optional.of(input);
  }

  /**
   * Opens a file with the limit {@link ImageFiles#DEFAULT_MAX_PIXELS} for images that have to be
   * decoded as a whole.
   *
   * @throws DataException as {@link #open(Path, long)}
   */
  public static SlideFile open(Path file) throws DataException {
    return open(file, ImageFiles.DEFAULT_MAX_PIXELS);
  }

  /**
   * Opens a file and reads its header: no pixel is decoded.
   *
   * @param maxPixels most pixels of an image that has to be decoded as a whole; files that are read
   *     in place may be larger
   * @throws DataException if the file is missing, empty, a folder, no image, damaged, cut off,
   *     compressed in a way that cannot be read, a TIFF that is not stored upright, wider or higher
   *     than 2³¹ − 1 pixels, or to be decoded as a whole and beyond {@code maxPixels} or the memory
   */
  public static SlideFile open(Path file, long maxPixels) throws DataException {
    ImageFiles.checkReadable(file);
    if (!TiffInput.isTiff(file)) {
      return new SlideFile(file, ImageFiles.readSize(file), maxPixels, OptionalDouble.empty());
    }
    TiffInput input = TiffInput.open(file);
    boolean keep = false;
    try {
      List<TiffDirectory> chain = TiffDirectory.chain(input);
      OptionalDouble micronsPerPixel = PixelSize.of(chain.get(0));
      List<TiffLevels.Level> levels = TiffLevels.find(input, chain);
      keep = !levels.isEmpty();
      return keep
          ? new SlideFile(input, levels, micronsPerPixel)
          : new SlideFile(file, TiffLevels.size(input, chain.get(0)), maxPixels, micronsPerPixel);
    } finally {
      if (!keep) {
        input.close();
      }
    }
  }

  /** Whether the file's name ends like that of an image that can be opened. Looks at no file. */
  public static boolean hasExtension(Path file) {
    return ImageFiles.hasExtension(file, EXTENSIONS);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Number of columns at full resolution. */
  public int width() {
    return levels.get(0).width();
  }

  /** Number of rows at full resolution. */
  public int height() {
    return levels.get(0).height();
  }

  /** The stored resolutions; level 0 is the full one, the others follow from fine to coarse. */
  public List<SlideLevel> levels() {
    return levels;
  }

  /**
   * Side of a pixel of level 0 on the glass, where the file truly says so: an Aperio {@code MPP},
   * OME-XML in µm, or a resolution per centimetre that a microscope can have (0.02 to 20 µm).
   */
  public OptionalDouble micronsPerPixel() {
    return micronsPerPixel;
  }

  /** Whether regions are read in place; if not, the first one decodes the whole image. */
  public boolean readsInPlace() {
    return input.isPresent();
  }

  /**
   * The rectangle of a level with the top left pixel (x, y), in pixels of that level.
   *
   * @throws IllegalArgumentException if there is no such level, or the rectangle is empty, leaves
   *     the level, or has more samples than an array holds
   * @throws IllegalStateException if the file is closed
   * @throws DataException if the pixels cannot be read
   */
  public RgbImage region(int level, int x, int y, int width, int height) throws DataException {
    if (closed) {
      throw new IllegalStateException(path + ": is closed; read before closing it");
    }
    checkRegion(levels.get(checkedLevel(level)), x, y, width, height);
    return readers.get(level).region(x, y, width, height);
  }

  /**
   * A level as a source of regions; it can be read until this file is closed. Its {@code
   * IOException} has the message of the {@link DataException}, which is its cause.
   *
   * @throws IllegalArgumentException if there is no such level
   */
  public RgbSource source(int level) {
    return new LevelSource(this, checkedLevel(level));
  }

  /**
   * The image {@linkplain RgbSource#scaled(double) scaled} as a source of regions, which are read
   * from the coarsest level that is no coarser.
   *
   * @param scale columns of the source by columns of level 0
   * @throws IllegalArgumentException if the scale is not above 0, or makes a side longer than 2³¹ −
   *     1 pixels
   */
  public RgbSource scaledSource(double scale) {
    RgbSource scaled = source(0).scaled(scale);
    int level = 0;
    for (int i = 1; i < levels.size(); i++) {
      SlideLevel coarser = levels.get(i);
      if (coarser.width() >= scaled.width() && coarser.height() >= scaled.height()) {
        level = i;
      }
    }
    return source(level).scaled(scaled.width(), scaled.height());
  }

  private int checkedLevel(int level) {
    if (level < 0 || level >= levels.size()) {
      throw new IllegalArgumentException(
          "%s: expected a level from 0 to %d, found %d".formatted(path, levels.size() - 1, level));
    }
    return level;
  }

  private void checkRegion(SlideLevel level, int x, int y, int width, int height) {
    if (x < 0
        || y < 0
        || width < 1
        || height < 1
        || x > level.width() - width
        || y > level.height() - height) {
      throw new IllegalArgumentException(
          "%s: region of %d×%d at (%d, %d) leaves the level of %d×%d"
              .formatted(path, width, height, x, y, level.width(), level.height()));
    }
    if (width * 3L * height > Rasters.LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "%s: region of %d×%d pixels is too large for one array; read it in parts"
              .formatted(path, width, height));
    }
  }

  /** Releases the file; a region that is being read may then fail. May be called again. */
  @Override
  public void close() {
    closed = true;
    input.ifPresent(TiffInput::close);
  }
}
