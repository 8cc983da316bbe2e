package io.semimoe.training.configuration;

import io.semimoe.dataset.target.TargetMode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which images are trained on and how they are prepared.
 *
 * @param layout how the files lie
 * @param root folder of the data set; required by the layouts {@code GLAS}, {@code PAPER} and
 *     {@code CRAG}; for {@code SYNTHETIC} where the images go, by default into the run folder
 * @param split CSV file {@code name,role} that assigns the images of {@code GLAS} and {@code CRAG}
 * @param draw random choice of the labelled images of {@code GLAS}, {@code CRAG} and {@code
 *     FOLDERS}, in place of a split
 * @param paper choices among the folders of {@code PAPER}
 * @param folders the folders of {@code FOLDERS}
 * @param synthetic the sizes of {@code SYNTHETIC}
 * @param micronsPerPixel side of a pixel of all training images in µm, where they are cut at one
 *     resolution to the training size; exported models carry it. Empty if there is none
 * @param distance whether signed distances are those of all glands together or of each
 * @param boundary whether the boundary is that of all glands together or of each
 * @param normalization pixel normalisation
 * @param augmentation whether training images are randomly cropped, turned and flipped
 * @param stainJitter strength s of random changes of the stains of training images, at least 0
 *     (none) and below 1; with or without {@code augmentation}
 * @param loaderThreads background threads that prepare batches, at least 1; any number gives the
 *     same batches
 */
public record DataSettings(
    Layout layout,
    Optional<Path> root,
    Optional<Path> split,
    DrawSettings draw,
    PaperFolderSettings paper,
    FolderSettings folders,
    SyntheticSettings synthetic,
    OptionalDouble micronsPerPixel,
    TargetMode distance,
    TargetMode boundary,
    NormalizationSettings normalization,
    boolean augmentation,
    double stainJitter,
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

  /**
   * Checks the ranges.
   *
   * @throws ConfigurationException if a value is missing or out of its range
   */
  public DataSettings {
    Checks.present("layout", layout);
    Checks.present("draw", draw);
    Checks.present("paper", paper);
    Checks.require(
        split.isEmpty() || !draw.draws(),
        "split",
        "no file, since draw.labelled is set",
        split.orElse(null));
    Checks.present("folders", folders);
    Checks.present("synthetic", synthetic);
    micronsPerPixel.ifPresent(size -> Checks.positive("micronsPerPixel", size));
    Checks.present("distance", distance);
    Checks.present("boundary", boundary);
    Checks.present("normalization", normalization);
    Checks.share("stainJitter", stainJitter);
    Checks.threads("loaderThreads", loaderThreads, 1);
  }

  /**
   * Checks that the places that the layout reads are named, and none that it does not read. Not
   * part of the constructor: a preset names none yet.
   *
   * @throws ConfigurationException if a place is missing, or a split or draw would be ignored
   */
  public void requirePlaces() {
    switch (layout) {
      case GLAS, CRAG -> {
        requireRoot();
        Checks.require(
            split.isPresent() || draw.draws(),
            "data.split",
            "a split file (--split FILE) or a number of labelled images to draw (--set"
                + " data.draw.labelled=N)",
            "neither");
      }
      case PAPER -> {
        requireRoot();
        requireNoSplit();
        requireNoDraw();
      }
      case FOLDERS -> {
        Checks.require(
            folders.labelledImages().isPresent(),
            "data.folders.labelledImages",
            "a folder of images (--set data.folders.labelledImages=DIR)",
            "nothing");
        Checks.require(
            root.isEmpty(),
            "data.root",
            "nothing with data.layout folders, which names its folders by data.folders.*",
            root.orElse(null));
        requireNoSplit();
      }
      case SYNTHETIC -> {
        requireNoSplit();
        requireNoDraw();
      }
    }
  }

  private void requireNoSplit() {
    Checks.require(
        split.isEmpty(),
        "data.split",
        "no file with data.layout " + ValueModule.nameOf(layout) + ", which has its own roles",
        split.orElse(null));
  }

  private void requireNoDraw() {
    Checks.require(
        !draw.draws(),
        "data.draw.labelled",
        "0 with data.layout " + ValueModule.nameOf(layout) + ", which has its own roles",
        draw.labelled());
  }

  /** Returns these settings with another folder of the data set. */
  public DataSettings withRoot(Path newRoot) {
    return new DataSettings(
        layout,
        Optional.of(newRoot.toAbsolutePath().normalize()),
        split,
        draw,
        paper,
        folders,
        synthetic,
        micronsPerPixel,
        distance,
        boundary,
        normalization,
        augmentation,
        stainJitter,
        loaderThreads);
  }

  private void requireRoot() {
    Checks.require(
        root.isPresent(), "data.root", "the folder of the data set (--data DIR)", "nothing");
  }
}
