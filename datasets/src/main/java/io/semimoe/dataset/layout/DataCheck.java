package io.semimoe.dataset.layout;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.concurrent.ParallelMap;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Opens every file of a data set before time is spent on training, and reports all that is wrong,
 * not only the first thing.
 *
 * <ul>
 *   <li>Errors: an image or mask that cannot be read; a mask of another size than its image; an
 *       image of another size than all must have.
 *   <li>Warnings: a mask without any gland, or with nothing else; one whose labels lie in many
 *       pieces, as the values between 0 and 255 do that blurring or JPEG compression makes up; the
 *       same picture twice, above all in training and test.
 * </ul>
 */
public final class DataCheck {
  private static final Comparator<ImageSize> BY_PIXELS =
      Comparator.comparingLong(size -> (long) size.width() * size.height());

  /**
   * The side in pixels that images must have, both in height and width.
   *
   * @param reason why, for the message of those that do not
   * @param advice what to do with them
   */
  public record FixedSide(int side, String reason, String advice) {}

  /** What was found in one sample's files. */
  private record Finding(
      Sample sample,
      Optional<ImageSize> size,
      Optional<HashCode> content,
      long maskPixels,
      long foreground,
      int labels,
      int pieces,
      List<String> errors) {

    /** The objects that the mask outlines: its labels or, of a plain mask, its pieces. */
    int objects() {
      return labels > 1 ? labels : pieces;
    }
  }

  /** Pieces by labels; glands that are cut in two do not reach it, blurred edges do by far. */
  private static final int MOST_PIECES = 2;

  private DataCheck() {}

  /**
   * Decodes every image and mask; takes about as long as reading them all, some 50 ms for each GlaS
   * image and thread.
   *
   * @param fixed the side that all images must have; empty if they are resized
   * @param threads how many files to decode at a time, at least 1
   * @throws DataException if the memory does not suffice; all else that is wrong is reported
   */
  public static DataReport run(SampleSet samples, Optional<FixedSide> fixed, int threads)
      throws DataException {
    List<Finding> findings =
        ParallelMap.apply(samples.all(), threads, Sample::image, sample -> examine(sample, fixed));
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Finding finding : findings) {
      errors.addAll(finding.errors());
      warnAboutMask(finding, warnings);
    }
    warnAboutRepeats(findings, warnings);
    List<DataReport.RoleSummary> roles = new ArrayList<>();
    for (Role role : Role.values()) {
      roles.add(summary(role, findings));
    }
    return new DataReport(roles, warnings, errors);
  }

  private static Finding examine(Sample sample, Optional<FixedSide> fixed) {
    List<String> errors = new ArrayList<>();
    Optional<ImageSize> size = Optional.empty();
    Optional<HashCode> content = Optional.empty();
    long maskPixels = 0;
    long foreground = 0;
    int labels = 0;
    int pieces = 0;
    try {
      RgbImage image = ImageFiles.readRgb(sample.image());
      size = Optional.of(new ImageSize(image.width(), image.height()));
      content = Optional.of(Hashing.murmur3_128().hashBytes(image.rgb()));
      checkSide(sample, size.get(), fixed, errors);
    } catch (DataException e) {
      errors.add(e.getMessage());
    }
    if (sample.mask().isPresent()) {
      try {
        Path file = sample.mask().get();
        LabelMap mask =
            size.isPresent()
                ? MaskFiles.read(file, sample.image(), size.get())
                : MaskFiles.read(file);
        maskPixels = mask.labels().length;
        foreground = mask.foregroundCount();
        labels = mask.distinctLabels().length;
        pieces = ConnectedComponents.pieces(mask, Connectivity.EIGHT).maxLabel();
      } catch (DataException e) {
        errors.add(e.getMessage());
      }
    }
    return new Finding(sample, size, content, maskPixels, foreground, labels, pieces, errors);
  }

  private static void checkSide(
      Sample sample, ImageSize found, Optional<FixedSide> fixed, List<String> errors) {
    fixed
        .filter(expected -> !found.equals(new ImageSize(expected.side(), expected.side())))
        .ifPresent(
            expected ->
                errors.add(
                    "%s: expected an image of %d×%d pixels, %s, found %s; %s"
                        .formatted(
                            sample.image(),
                            expected.side(),
                            expected.side(),
                            expected.reason(),
                            found,
                            expected.advice())));
  }

  private static void warnAboutMask(Finding finding, List<String> warnings) {
    if (finding.maskPixels() > 0 && finding.foreground() == 0) {
      warnings.add(finding.sample().mask().orElseThrow() + ": the mask holds no gland");
    } else if (finding.maskPixels() > 0 && finding.foreground() == finding.maskPixels()) {
      warnings.add(
          finding.sample().mask().orElseThrow()
              + ": the mask is gland all over; is its background really 0?");
    } else if (finding.labels() > 1 && finding.pieces() > MOST_PIECES * finding.labels()) {
      warnings.add(
          finding.sample().mask().orElseThrow()
              + ": the mask holds %d labels in %d pieces; were its edges blurred, or was it a JPEG?"
                  .formatted(finding.labels(), finding.pieces())
              + " Save it with 0 and 255 only, or with one number per gland");
    }
  }

  private static void warnAboutRepeats(List<Finding> findings, List<String> warnings) {
    Map<HashCode, Sample> first = new HashMap<>();
    for (Finding finding : findings) {
      if (finding.content().isEmpty()) {
        continue;
      }
      Sample earlier = first.putIfAbsent(finding.content().get(), finding.sample());
      if (earlier != null) {
        warnings.add(
            finding.sample().image()
                + " ("
                + finding.sample().role().text()
                + "): the same picture as "
                + earlier.image()
                + " ("
                + earlier.role().text()
                + ")");
      }
    }
  }

  private static DataReport.RoleSummary summary(Role role, List<Finding> findings) {
    List<Finding> own = findings.stream().filter(f -> f.sample().role() == role).toList();
    List<ImageSize> sizes = own.stream().flatMap(f -> f.size().stream()).toList();
    long maskPixels = own.stream().mapToLong(Finding::maskPixels).sum();
    long foreground = own.stream().mapToLong(Finding::foreground).sum();
    return new DataReport.RoleSummary(
        role,
        own.size(),
        sizes.stream().min(BY_PIXELS),
        sizes.stream().max(BY_PIXELS),
        maskPixels == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) foreground / maskPixels),
        objects(own).min(),
        objects(own).max());
  }

  private static IntStream objects(List<Finding> findings) {
    return findings.stream().filter(f -> f.maskPixels() > 0).mapToInt(Finding::objects);
  }
}
