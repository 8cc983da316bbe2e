package io.semimoe.dataset.synthetic;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.folder.PendingFolder;
import io.semimoe.dataset.image.PngFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes synthetic images as a data set in the layout of GlaS: {@code train_1.png}, {@code
 * train_1_anno.png}, ..., {@code testA_1.png}, ... and {@code split.csv}.
 */
public final class SyntheticDataset {
  /** The name of the split file in the data set's folder. */
  public static final String SPLIT_FILE = "split.csv";

  /**
   * How many images to write for each role.
   *
   * @param labelled images that train with masks, at least 1
   * @param unlabelled images that train without, at least 1
   * @param validation images that choose the checkpoint, 0 or more
   * @param test images to evaluate, 0 or more
   */
  public record Counts(int labelled, int unlabelled, int validation, int test) {
    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public Counts {
      checkArgument(
          labelled >= 1 && unlabelled >= 1 && validation >= 0 && test >= 0,
          "counts: expected 1 or more labelled and unlabelled, 0 or more others; found %s, %s, %s,"
              + " %s",
          labelled,
          unlabelled,
          validation,
          test);
    }
  }

  private SyntheticDataset() {}

  /**
   * Writes a data set into a folder that does not exist yet or is empty. Masks hold instance ids in
   * 16 bits; unlabelled images have a mask file too, which the split file keeps out of training.
   *
   * @return the split file
   * @throws DataException if {@code root} holds anything, or cannot be written to
   */
  public static Path write(Path root, SyntheticImageSettings settings, Counts counts)
      throws DataException {
    PendingFolder.requireFree(root);
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new DataException(root, "the folder cannot be made: " + FileFailure.reason(e), e);
    }
    StringBuilder split = new StringBuilder("name,role\n");
    int training = counts.labelled() + counts.unlabelled() + counts.validation();
    for (int i = 0; i < training + counts.test(); i++) {
      boolean test = i >= training;
      String name = test ? "testA_" + (i - training + 1) : "train_" + (i + 1);
      split.append(name).append(',').append(roleOf(i, counts)).append('\n');
      SyntheticImage made = SyntheticGlands.generate(settings, i);
      PngFiles.writeRgb(root.resolve(name + ".png"), made.image());
      PngFiles.writeLabels(root.resolve(name + "_anno.png"), made.instances());
    }
    Path file = root.resolve(SPLIT_FILE);
    try {
      Files.writeString(file, split);
    } catch (IOException e) {
      throw new DataException(
          file, "the split file cannot be written: " + FileFailure.reason(e), e);
    }
    return file;
  }

  private static String roleOf(int index, Counts counts) {
    List<String> names = List.of("labeled", "unlabeled", "validation");
    List<Integer> sizes = List.of(counts.labelled(), counts.unlabelled(), counts.validation());
    int rest = index;
    for (int i = 0; i < names.size(); i++) {
      if (rest < sizes.get(i)) {
        return names.get(i);
      }
      rest -= sizes.get(i);
    }
    return "test";
  }
}
