package io.semimoe.training.data;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.DataCheck;
import io.semimoe.dataset.layout.DataReport;
import io.semimoe.dataset.layout.DataSource;
import io.semimoe.dataset.layout.MaskedFolder;
import io.semimoe.dataset.layout.Partition;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.layout.SampleSets;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.DrawSettings;
import io.semimoe.training.configuration.EvaluationSettings;
import io.semimoe.training.configuration.FolderSettings;
import io.semimoe.training.configuration.PaperFolderSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the images that a configuration names, and checks them. */
public final class RunData {
  private RunData() {}

  /**
   * Lists the images for training.
   *
   * @throws ConfigurationException if the settings do not say where the images are
   * @throws DataException if the images cannot be listed, or a role that training needs is empty
   */
  public static SampleSet forTraining(TrainingConfiguration configuration) throws DataException {
    DataSource source = source(configuration.data());
    return configuration.supervisedOnly()
        ? SampleSets.openLabelled(source)
        : SampleSets.open(source);
  }

  /**
   * Opens all images for training, and tells all that is wrong with them; with {@code
   * data.micronsPerPixel} also any that is not of the training size, since a resized image has
   * another pixel size. Warns of fewer unlabelled images than labelled ones, since the unlabelled
   * ones say how long an epoch is, and of images that choose the checkpoint and are, or may be,
   * test images.
   *
   * @throws DataException if the memory does not suffice
   */
  public static DataReport check(TrainingConfiguration configuration, SampleSet samples)
      throws DataException {
    Optional<DataCheck.FixedSide> fixed =
        configuration.data().micronsPerPixel().isPresent()
            ? Optional.of(
                new DataCheck.FixedSide(
                    configuration.network().size(),
                    "the training size, since data.micronsPerPixel is set",
                    "it would be resized and have another pixel size. Leave the key out, or cut"
                        + " fields of that size (semi-moe cut --size)"))
            : Optional.empty();
    return DataCheck.run(samples, fixed, configuration.runtime().threadsOrProcessors())
        .withWarnings(warnings(configuration, samples));
  }

  /** What the numbers of images and their roles mean for the training and its results. */
  private static List<String> warnings(TrainingConfiguration configuration, SampleSet samples) {
    List<String> warnings = new ArrayList<>();
    int labelled = samples.labelled().size();
    int unlabelled = samples.unlabelled().size();
    if (unlabelled > 0 && unlabelled < labelled) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "an epoch takes as many labelled images as there are unlabelled ones, %d of %d: in %d"
                  + " epochs each comes %.1f times. If that is too few, raise epochs",
              unlabelled,
              labelled,
              configuration.epochs(),
              (double) unlabelled * configuration.epochs() / labelled));
    }
    if (configuration.evaluation().selectionAmong(samples.evaluated().keySet())
        == EvaluationSettings.Selection.TEST_OPTIMISTIC) {
      warnings.add(
          "the test images choose the best checkpoint (evaluation.selection): its figures on them"
              + " are optimistic");
    }
    DataSettings data = configuration.data();
    if (data.layout() == DataSettings.Layout.PAPER
        && data.paper().val() == PaperFolderSettings.Val.VALIDATION
        && !samples.validation().isEmpty()
        && samples.test().isEmpty()) {
      warnings.add(
          "the images of the folder val count as validation images, which choose the checkpoint;"
              + " if they are the test images, say so (data.paper.val=test)");
    }
    return warnings;
  }

  /**
   * Lists the images for evaluation; any role may be empty.
   *
   * @throws ConfigurationException if the settings do not say where the images are
   * @throws DataException if the images cannot be listed
   */
  public static SampleSet forEvaluation(TrainingConfiguration configuration) throws DataException {
    return SampleSets.openForEvaluation(source(configuration.data()));
  }

  private static DataSource source(DataSettings data) {
    data.requirePlaces();
    return switch (data.layout()) {
      case GLAS -> new DataSource.Glas(data.root().orElseThrow(), partition(data));
      case CRAG -> new DataSource.Crag(data.root().orElseThrow(), partition(data));
      case PAPER -> paper(data.root().orElseThrow(), data.paper());
      case FOLDERS -> folders(data.folders(), drawn(data.draw()));
      case SYNTHETIC -> synthetic(data);
    };
  }

  private static Partition partition(DataSettings data) {
    return data.split()
        .<Partition>map(Partition.SplitFile::new)
        .or(() -> drawn(data.draw()))
        .orElseThrow();
  }

  private static Optional<Partition.Drawn> drawn(DrawSettings draw) {
    return draw.draws()
        ? Optional.of(new Partition.Drawn(draw.labelled(), draw.validation(), draw.seed()))
        : Optional.empty();
  }

  private static DataSource paper(Path root, PaperFolderSettings paper) {
    Role val = paper.val() == PaperFolderSettings.Val.TEST ? Role.TEST : Role.VALIDATION;
    return new DataSource.Paper(root, paper.labelledFolder(), paper.unlabelledFolder(), val);
  }

  private static DataSource folders(FolderSettings folders, Optional<Partition.Drawn> draw) {
    return new DataSource.Folders(
        masked(folders.labelledImages(), folders.labelledMasks()).orElseThrow(),
        folders.unlabelledImages(),
        masked(folders.validationImages(), folders.validationMasks()),
        masked(folders.testImages(), folders.testMasks()),
        draw);
  }

  private static Optional<MaskedFolder> masked(Optional<Path> images, Optional<Path> masks) {
    return images.flatMap(i -> masks.map(m -> new MaskedFolder(i, m)));
  }

  private static DataSource synthetic(DataSettings data) {
    Path root =
        data.root()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "data.root: expected the folder of the generated images, found nothing;"
                            + " demo and train generate them, into the folder data of the run"));
    Path split = root.resolve(SyntheticDataset.SPLIT_FILE);
    return new DataSource.Glas(root, new Partition.SplitFile(split));
  }
}
