package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.batch.BatchLoader;
import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.LoaderSettings;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.TrainingConfiguration;

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
    ImageStore labelled = ImageStore.load(samples.labelled(), size, threads);
    // Supervised training still counts its epochs by unlabelled images, where there are some.
    ImageStore unlabelled =
        samples.unlabelled().isEmpty()
            ? labelled
            : ImageStore.load(samples.unlabelled(), size, threads);
    return new TrainingImages(labelled, unlabelled);
  }

  /** Returns a loader of their batches, with threads until it is closed. */
  BatchLoader loader(TrainingConfiguration c, Normalization normalization) {
    return new BatchLoader(
        labelled,
        unlabelled,
        new LoaderSettings(
            c.batchSize(),
            c.seed(),
            c.data().augmentation() ? new CropAndDihedral() : Augmentation.none(),
            c.data().boundary(),
            normalization,
            c.data().loaderThreads(),
            PREFETCH));
  }
}
