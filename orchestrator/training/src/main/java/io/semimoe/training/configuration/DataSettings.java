package io.semimoe.training.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which images are trained on and how they are prepared.
 *
 * @param layout how the files lie
 * @param root folder of the data set; required by the layouts {@code GLAS}, {@code PAPER} and
 *     {@code CRAG}
 * @param split CSV file {@code name,role} that assigns the images of {@code GLAS} and {@code CRAG};
 *     without it the first {@code labelled} training images by name order are labelled
 * @param labelled number of labelled images: picks the folder {@code train_sup_N} of {@code PAPER},
 *     and replaces a split for {@code GLAS} and {@code CRAG}; 0 leaves it to the layout
 * @param folders the folders of {@code FOLDERS}
 * @param synthetic the sizes of {@code SYNTHETIC}
 * @param boundary what counts as a boundary
 * @param normalization pixel normalisation
 * @param augmentation whether training images are randomly cropped, turned and flipped
 * @param loaderThreads background threads that prepare batches, at least 1; any number gives the
 *     same batches
 */
public record DataSettings(
    Layout layout,
    Optional<Path> root,
    Optional<Path> split,
    int labelled,
    FolderSettings folders,
    SyntheticSettings synthetic,
    Boundary boundary,
    NormalizationSettings normalization,
    boolean augmentation,
    int loaderThreads) {

  /** The ways in which files may lie. */
  public enum Layout {
    /** GlaS as downloaded. */
    GLAS,
    /** The folders of the paper's published code. */
    PAPER,
    /** CRAG as downloaded. */
    CRAG,
    /** Plain folders, see {@link FolderSettings}. */
    FOLDERS,
    /** Generated images, no files. */
    SYNTHETIC
  }

  /** What counts as the boundary of glands. */
  public enum Boundary {
    /** The outer ring of all glands together, as in the paper. */
    UNION,
    /** The outer ring of every gland, so that the wall between touching glands counts. */
    INSTANCES
  }

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public DataSettings {
    Checks.present("layout", layout);
    Checks.atLeast("labelled", labelled, 0);
    Checks.present("folders", folders);
    Checks.present("synthetic", synthetic);
    Checks.present("boundary", boundary);
    Checks.present("normalization", normalization);
    Checks.atLeast("loaderThreads", loaderThreads, 1);
  }

  /**
   * Checks that the places that the layout reads are named. Not part of the constructor: a preset
   * names none yet.
   *
   * @throws ConfigurationException if a place is missing
   */
  public void requirePlaces() {
    switch (layout) {
      case GLAS, PAPER, CRAG ->
          Checks.require(
              root.isPresent(),
              "data.root",
              "the folder of the data set, for instance --data DIR or --set data.root=DIR",
              "nothing");
      case FOLDERS ->
          Checks.require(
              folders.labelledImages().isPresent(),
              "data.folders.labelledImages",
              "a folder of images, for instance --set data.folders.labelledImages=DIR",
              "nothing");
      case SYNTHETIC -> {}
    }
  }
}
