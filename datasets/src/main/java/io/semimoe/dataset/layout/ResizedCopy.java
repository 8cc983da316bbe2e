package io.semimoe.dataset.layout;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.EnumMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.folder.PendingFolder;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;

/**
 * Copies a data set with its images resized to S x S, as PNG: small to carry and fast to read.
 * Images are resized bilinearly, masks to the nearest pixel and images rounded to 8 bits, as a
 * training does it when it loads them, so a training at size S gets the same numbers from the copy.
 */
public final class ResizedCopy {
  /**
   * What to copy.
   *
   * @param root the folder of the data set
   * @param layout where images and masks lie in it
   * @param size S, the side in pixels, at least 1
   * @param kept what tells the images and masks to copy unchanged, by their path relative to the
   *     root or by their file name
   * @param target the folder to write, which does not exist yet or is empty
   */
  public record Settings(
      Path root, FileLayout layout, int size, List<PathMatcher> kept, Path target) {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Settings {
      requireNonNull(root);
      requireNonNull(layout);
      requireNonNull(target);
      checkArgument(size >= 1, "size: expected 1 or more pixels, found %s", size);
      kept = ImmutableList.copyOf(kept);
    }
  }

  /**
   * What was written.
   *
   * @param images images that were resized
   * @param masks masks that were resized
   * @param kept images and masks that were copied unchanged
   * @param others files of other kinds that were copied
   * @param leftOut image files where the layout has none, which were not copied
   * @param bytesBefore size in bytes of all that was read
   * @param bytesAfter size in bytes of all that was written
   */
  public record Summary(
      int images,
      int masks,
      int kept,
      int others,
      int leftOut,
      long bytesBefore,
      long bytesAfter) {}

  private final Settings settings;
  private final Problems problems = new Problems();

  private ResizedCopy(Settings settings) {
    this.settings = settings;
  }

  /**
   * Returns those of the patterns of {@link Settings#kept} that match no image and no mask, which
   * may be mistakes. Opens no image.
   *
   * @throws DataException if there is no such data set, or it cannot be copied for what its files
   *     are called
   */
  public static List<PathMatcher> unmatched(Settings settings) throws DataException {
    ImageFolder.requireFolder(settings.root(), "data set");
    return CopyPlan.of(settings).unmatched();
  }

  /**
   * Writes the copy, which appears {@linkplain PendingFolder whole or not at all}. Hidden files are
   * left out, and links are followed.
   *
   * @param threads how many files to work on at a time, at least 1
   * @throws DataException if there is no such data set, one of the two folders lies in the other,
   *     the target holds anything, an image or mask cannot be read, a mask has no image or one of
   *     another size or only one of them is kept, two files would get one name, the copy cannot be
   *     written, or the memory does not suffice; all bad files are named
   */
  public static Summary write(Settings settings, int threads) throws DataException {
    return new ResizedCopy(settings).write(threads);
  }

  private Summary write(int threads) throws DataException {
    ImageFolder.requireFolder(settings.root(), "data set");
    checkTarget();
    CopyPlan plan = CopyPlan.of(settings);
    try (PendingFolder folder = PendingFolder.of(settings.target())) {
      List<Optional<String>> failures =
          ParallelMap.apply(
              plan.files(), threads, this::in, file -> attempt(file, plan, folder.path()));
      failures.forEach(failure -> failure.ifPresent(problems::add));
      problems.throwIfAny();
      Summary summary = summary(plan, folder.path());
      folder.publish();
      return summary;
    } catch (IOException e) {
      throw FileFailure.unwritable(settings.target(), e);
    }
  }

  private void checkTarget() throws DataException {
    Path root = real(settings.root());
    Path target = real(settings.target());
    if (target.startsWith(root) || root.startsWith(target)) {
      throw new DataException(
          settings.target(),
          "expected a folder apart from the data set "
              + settings.root()
              + ", found one in the other; choose another place");
    }
    PendingFolder.requireFree(settings.target());
  }

  /** Resolves the links of the part of {@code path} that exists. */
  private static Path real(Path path) throws DataException {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(absolute));
    } catch (IOException e) {
      throw new DataException(path, "cannot be looked at: " + FileFailure.reason(e), e);
    }
  }

  /** Writes one file; returns what is wrong with it, if anything is. */
  private Optional<String> attempt(CopyPlan.File file, CopyPlan plan, Path folder) {
    Path in = in(file);
    Path out = folder.resolve(file.copied());
    try {
      Files.createDirectories(out.getParent());
      if (file.isUnchanged()) {
        Files.copy(in, out);
      } else if (file.kind() == CopyPlan.Kind.IMAGE) {
        RgbImage image = ImageFiles.readRgb(in);
        PngFiles.writeRgb(out, Resize.bilinear(image, settings.size(), settings.size()));
      } else {
        resizeMask(in, in(plan.imageOf(file)), out);
      }
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      return Optional.of(in + ": cannot be copied: " + FileFailure.reason(e));
    }
  }

  private void resizeMask(Path file, Path image, Path out) throws DataException {
    LabelMap mask = MaskFiles.read(file, image, ImageFiles.readSize(image));
    LabelMap resized = Resize.nearest(mask, settings.size(), settings.size());
    PngFiles.writeLabels(
        out, resized.maxLabel() > LabelMap.LARGEST_OF_16_BITS ? resized.renumbered() : resized);
  }

  private Summary summary(CopyPlan plan, Path folder) throws IOException {
    Multiset<CopyPlan.Kind> resized = EnumMultiset.create(CopyPlan.Kind.class);
    int kept = 0;
    long before = 0;
    long after = 0;
    for (CopyPlan.File file : plan.files()) {
      before += Files.size(in(file));
      after += Files.size(folder.resolve(file.copied()));
      if (file.kept()) {
        kept++;
      } else {
        resized.add(file.kind());
      }
    }
    return new Summary(
        resized.count(CopyPlan.Kind.IMAGE),
        resized.count(CopyPlan.Kind.MASK),
        kept,
        resized.count(CopyPlan.Kind.OTHER),
        plan.leftOut(),
        before,
        after);
  }

  private Path in(CopyPlan.File file) {
    return settings.root().resolve(file.path());
  }
}
