package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the images of a data set. */
public final class SampleSets {
  private SampleSets() {}

  /**
   * Lists a data set for training. Opens no image; {@link DataCheck} does.
   *
   * @throws DataException if a folder is missing, a split names an unknown image, a mask lacks its
   *     image or an image the mask that its role needs, a name occurs twice, or there are no
   *     labelled or no unlabelled images; the message names file, line and what to do
   */
  public static SampleSet open(DataSource source) throws DataException {
    SampleSet samples = openLabelled(source);
    if (samples.unlabelled().isEmpty()) {
      throw new DataException(
          place(source, Role.UNLABELLED)
              + ": no unlabelled images: semi-supervised training expects at least 1, found 0 of "
              + samples.all().size()
              + " images"
              + otherFiles(source, Role.UNLABELLED)
              + "; give some the role 'unlabelled' in the split file, draw fewer labelled"
              + " images, or name a folder of images without masks");
    }
    return samples;
  }

  /**
   * Lists a data set for training on labelled images alone.
   *
   * @throws DataException as {@link #open}, but there may be no unlabelled images
   */
  public static SampleSet openLabelled(DataSource source) throws DataException {
    SampleSet samples = openForEvaluation(source);
    if (samples.labelled().isEmpty()) {
      throw new DataException(
          place(source, Role.LABELLED)
              + ": no labelled images: training expects at least 1, found 0 of "
              + samples.all().size()
              + " images"
              + otherFiles(source, Role.LABELLED)
              + "; give some the role 'labelled' in the split file, draw them by count and"
              + " seed, or put images and masks into the labelled folders");
    }
    return samples;
  }

  /**
   * Lists a data set of which only some roles may be present, for evaluation.
   *
   * @throws DataException as {@link #open}, but for empty roles
   */
  public static SampleSet openForEvaluation(DataSource source) throws DataException {
    if (source instanceof DataSource.Glas glas) {
      return new GlasLayout(glas).open();
    }
    if (source instanceof DataSource.Crag crag) {
      return new CragLayout(crag).open();
    }
    if (source instanceof DataSource.Paper paper) {
      return new PaperLayout(paper).open();
    }
    return new FoldersLayout((DataSource.Folders) source).open();
  }

  /** The folder or the split file in which the images of a training role would have to be. */
  private static Path place(DataSource source, Role role) throws DataException {
    if (source instanceof DataSource.Glas glas) {
      return place(glas.root(), glas.partition());
    }
    if (source instanceof DataSource.Crag crag) {
      return place(crag.root(), crag.partition());
    }
    if (source instanceof DataSource.Paper paper) {
      return place(new PaperLayout(paper).folders(), role);
    }
    return place((DataSource.Folders) source, role);
  }

  private static Path place(DataSource.Folders folders, Role role) {
    Path labelled = folders.labelled().images();
    return role == Role.UNLABELLED ? folders.unlabelled().orElse(labelled) : labelled;
  }

  private static Path place(Path root, Partition partition) {
    return partition instanceof Partition.SplitFile split ? split.file() : root;
  }

  /** Says what else lies in a folder in which there are no images. */
  private static String otherFiles(DataSource source, Role role) throws DataException {
    Path place = place(source, role);
    int count = Files.isDirectory(place) ? ImageFolder.otherFiles(place) : 0;
    return count == 0
        ? ""
        : ", and %d files that are not %s"
            .formatted(count, String.join(", ", ImageFiles.EXTENSIONS));
  }
}
