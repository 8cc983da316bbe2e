package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.augment.StainJitter;
import io.semimoe.dataset.batch.BatchLoader;
import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.LoaderSettings;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.util.List;

/**
 * The training images in memory, at the training size.
 *
 * @param labelled images with masks
 * @param unlabelled images without; the labelled ones where there are none
 */
record TrainingImages(ImageStore labelled, ImageStore unlabelled) {
  /** Iterations prepared ahead. */
  private static final int PREFETCH = 4;

  static TrainingImages load(TrainingConfiguration c, SampleSet samples) throws DataException {
    int size = c.network().size();
    int threads = c.runtime().threadsOrProcessors();
    if (c.data().micronsPerPixel().isPresent()) {
      requireUnresized(samples.labelled(), size);
      requireUnresized(samples.unlabelled(), size);
    }
    ImageStore labelled = ImageStore.load(samples.labelled(), size, threads);
    // Supervised training still counts its epochs by unlabelled images, where there are some.
    ImageStore unlabelled =
        samples.unlabelled().isEmpty()
            ? labelled
            : ImageStore.load(samples.unlabelled(), size, threads);
    return new TrainingImages(labelled, unlabelled);
  }

  /** Resized images are of no pixel size that a user could know. */
  private static void requireUnresized(List<Sample> samples, int size) throws DataException {
    for (Sample sample : samples) {
      ImageSize found = ImageFiles.readSize(sample.image());
      if (!found.equals(new ImageSize(size, size))) {
        throw new DataException(
            sample.image(),
            String.format(
                "expected an image of %d×%d pixels, the training size, since data.micronsPerPixel is"
                    + " set, found %s; it would be resized and have another pixel size. Leave the"
                    + " key out, or cut the images into tiles of that size",
                size, size, found));
      }
    }
  }

  /** Returns a loader of their batches, with threads until it is closed. */
  BatchLoader loader(TrainingConfiguration c, Normalization normalization) {
    return new BatchLoader(
        labelled,
        unlabelled,
        new LoaderSettings(
            c.batchSize(),
            c.seed(),
            augmentation(c.data()),
            c.data().distance(),
            c.data().boundary(),
            normalization,
            c.data().loaderThreads(),
            PREFETCH));
  }

  /** The geometric changes draw first: an image lies the same way, whatever its stains. */
  private static Augmentation augmentation(DataSettings data) {
    Augmentation geometric = data.augmentation() ? new CropAndDihedral() : Augmentation.none();
    return data.stainJitter() == 0
        ? geometric
        : geometric.then(new StainJitter(data.stainJitter()));
  }
}
