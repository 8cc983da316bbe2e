package io.semimoe.dataset.layout;

import java.nio.file.Path;
import java.util.Optional;

/** Where a layout has the images and the masks of a data set, whatever they are used for. */
public enum FileLayout {
  /** {@link DataSource.Glas}: images and their {@code _anno} masks in one folder. */
  GLAS {
    @Override
    Optional<Path> imageOf(Path mask) {
      String name = mask.toString();
      return mask.getNameCount() == 1 && name.endsWith(GlasLayout.MASK_SUFFIX)
          ? Optional.of(Path.of(name.substring(0, name.length() - GlasLayout.MASK_SUFFIX.length())))
          : Optional.empty();
    }

    @Override
    boolean isImage(Path path) {
      return path.getNameCount() == 1 && imageOf(path).isEmpty();
    }

    @Override
    String places() {
      return "NAME and NAME" + GlasLayout.MASK_SUFFIX + " in this folder";
    }
  },

  /** {@link DataSource.Crag}. */
  CRAG {
    @Override
    Optional<Path> imageOf(Path mask) {
      return isPart(mask) ? sibling(mask, CragLayout.MASKS, CragLayout.IMAGES) : Optional.empty();
    }

    @Override
    boolean isImage(Path path) {
      return isPart(path) && isIn(path, CragLayout.IMAGES);
    }

    @Override
    String places() {
      return "train/Images, train/Annotation, valid/Images and valid/Annotation";
    }

    private boolean isPart(Path path) {
      return path.startsWith(CragLayout.TRAINING) || path.startsWith(CragLayout.TEST);
    }
  },

  /** {@link DataSource.Paper}. */
  PAPER {
    @Override
    Optional<Path> imageOf(Path mask) {
      return sibling(mask, PaperLayout.MASKS, PaperLayout.IMAGES);
    }

    @Override
    boolean isImage(Path path) {
      return isIn(path, PaperLayout.IMAGES);
    }

    @Override
    String places() {
      return "train_sup_N/image, train_sup_N/mask and so on";
    }
  };

  /**
   * Returns the image that {@code mask} belongs to, if it is one: both relative to the root and
   * without extension.
   */
  abstract Optional<Path> imageOf(Path mask);

  /** Returns whether {@code path}, relative to the root and without extension, is an image. */
  abstract boolean isImage(Path path);

  /** Returns the places of images and masks, for messages. */
  abstract String places();

  private static Optional<Path> sibling(Path path, String from, String to) {
    return isIn(path, from)
        ? Optional.of(path.getName(0).resolve(to).resolve(path.getFileName()))
        : Optional.empty();
  }

  /** Whether {@code path} is {@code part/folder/name}. */
  private static boolean isIn(Path path, String folder) {
    return path.getNameCount() == 3 && path.getName(1).toString().equals(folder);
  }
}
