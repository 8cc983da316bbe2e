package io.semimoe.dataset.layout;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** How the images of one folder are divided into roles. */
public sealed interface Partition {
  /**
   * Roles from a CSV file with the header {@code name,role} and one line an image: the file name
   * without extension, and labelled, unlabelled, validation or test. Empty lines are skipped.
   * Images that the file does not name are left out; the order of the lines has no effect.
   *
   * @param file the CSV file, UTF-8
   */
  record SplitFile(Path file) implements Partition {
    /** Checks that the file is given. */
    public SplitFile {
      requireNonNull(file);
    }
  }

  /**
   * A random draw among the training images: they are sorted by name (by UTF-16 code units), put
   * into the order of the permutation that {@code seed} gives, and then the first {@code labelled}
   * become labelled, the next {@code validation} become validation images, the others unlabelled.
   * The draw depends on nothing but the names, the counts and the seed. With one seed, the labelled
   * images of a smaller count are among those of a larger one.
   *
   * @param labelled the number of labelled images, at least 1
   * @param validation the number of validation images, 0 for none
   * @param seed the seed of the draw
   */
  record Drawn(int labelled, int validation, long seed) implements Partition {
    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if {@code labelled < 1} or {@code validation < 0}
     */
    public Drawn {
      checkArgument(labelled >= 1, "labelled: expected 1 or more images, found %s", labelled);
      checkArgument(validation >= 0, "validation: expected 0 or more images, found %s", validation);
    }
  }
}
