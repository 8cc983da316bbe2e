package io.semimoe.dataset.layout;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A data set on disk, in one of the known layouts. Images may be PNG, BMP, TIFF or JPEG files,
 * masks PNG, BMP or TIFF, in different formats within one data set; hidden files and files of other
 * kinds are left alone.
 */
public sealed interface DataSource {
  /**
   * GlaS as downloaded: one folder with {@code train_*}, {@code testA_*}, {@code testB_*} images
   * and, beside each, its mask of the same name with {@code _anno} appended. With {@link
   * Partition.Drawn}, the draw is among {@code train_*} and all others are test images. Any folder
   * of {@code x} and {@code x_anno} files can be read this way.
   *
   * @param root the folder
   * @param partition the roles
   */
  record Glas(Path root, Partition partition) implements DataSource {
    /** Checks that both are given. */
    public Glas {
      requireNonNull(root);
      requireNonNull(partition);
    }
  }

  /**
   * CRAG as downloaded: {@code train/Images}, {@code train/Annotation}, {@code valid/Images},
   * {@code valid/Annotation}. With {@link Partition.Drawn}, the draw is among {@code train}, and
   * {@code valid}, which holds the 40 images that publications test on, becomes the test set. In a
   * split file, a name that occurs in both folders is written {@code train/name} or {@code
   * valid/name}.
   *
   * @param root the folder that holds {@code train} and {@code valid}
   * @param partition the roles
   */
  record Crag(Path root, Partition partition) implements DataSource {
    /** Checks that both are given. */
    public Crag {
      requireNonNull(root);
      requireNonNull(partition);
    }
  }

  /**
   * The paper's layout: {@code train_sup_N/image}, {@code train_sup_N/mask}, {@code
   * train_unsup_M/image}, and optionally {@code val/image}, {@code val/mask}, {@code test/image},
   * {@code test/mask}.
   *
   * @param root the folder that holds them
   * @param labelledFolder the name of the {@code train_sup_N} folder, where there are several
   * @param unlabelledFolder the name of the {@code train_unsup_M} folder, where there are several
   * @param valRole what {@code val} is used for: {@link Role#VALIDATION}, or {@link Role#TEST}
   *     where it holds the official test images, as in the GlaS and CRAG folders that circulate
   *     with the paper, so that no checkpoint is chosen on them
   */
  record Paper(
      Path root, Optional<String> labelledFolder, Optional<String> unlabelledFolder, Role valRole)
      implements DataSource {
    /**
     * Checks the role of {@code val}.
     *
     * @throws IllegalArgumentException if it is neither validation nor test
     */
    public Paper {
      requireNonNull(root);
      requireNonNull(labelledFolder);
      requireNonNull(unlabelledFolder);
      checkArgument(
          valRole == Role.VALIDATION || valRole == Role.TEST,
          "valRole: expected validation or test, found %s",
          valRole);
    }
  }

  /**
   * Plain folders. Without {@code draw}, all images of {@code labelled} are labelled; with it, some
   * are drawn and the others join the unlabelled ones.
   *
   * @param labelled images with masks
   * @param unlabelled images without masks; may be empty only if {@code draw} leaves some
   * @param validation images with masks that choose the checkpoint
   * @param test images with masks that are only evaluated
   * @param draw the draw among {@code labelled}
   */
  record Folders(
      MaskedFolder labelled,
      Optional<Path> unlabelled,
      Optional<MaskedFolder> validation,
      Optional<MaskedFolder> test,
      Optional<Partition.Drawn> draw)
      implements DataSource {
    /** Checks that all are given. */
    public Folders {
      requireNonNull(labelled);
      requireNonNull(unlabelled);
      requireNonNull(validation);
      requireNonNull(test);
      requireNonNull(draw);
    }
  }
}
