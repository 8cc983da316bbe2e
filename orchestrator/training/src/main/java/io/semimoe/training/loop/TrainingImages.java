package io.semimoe.training.loop;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.augment.StainJitter;
import io.semimoe.dataset.batch.BatchLoader;
import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.LoaderSettings;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.training.configuration.DataSettings;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The training images in memory, at the training size.
 *
 * @param labelled images with masks
 * @param unlabelled images without; none in supervised training
 * @param perEpoch how many images an epoch takes: the number of unlabelled ones, also in supervised
 *     training if there are some, so that both take as many steps
 */
record TrainingImages(ImageStore labelled, Optional<ImageStore> unlabelled, int perEpoch) {
  /** Iterations prepared ahead. */
  private static final int PREFETCH = 4;

  static TrainingImages load(TrainingConfiguration c, SampleSet samples) throws DataException {
    int size = c.network().size();
    int threads = c.runtime().threadsOrProcessors();
    ImageStore labelled = ImageStore.load(samples.labelled(), size, threads);
    List<Sample> others = samples.unlabelled();
    return new TrainingImages(
        labelled,
        c.supervisedOnly() ? Optional.empty() : Optional.of(ImageStore.load(others, size, threads)),
        others.isEmpty() ? labelled.count() : others.size());
  }

  /** Returns all of them, labelled and unlabelled. */
  List<RgbImage> all() {
    return Stream.concat(Stream.of(labelled), unlabelled.stream())
        .flatMap(store -> store.images().stream())
        .toList();
  }

  /** Returns a loader of their batches, with threads until it is closed. */
  BatchLoader loader(TrainingConfiguration c, Normalization normalization) {
    LoaderSettings settings =
        new LoaderSettings(
            c.batchSize(),
            c.seed(),
            augmentation(c.data()),
            c.data().distance(),
            c.data().boundary(),
            normalization,
            c.data().loaderThreads(),
            PREFETCH);
    return unlabelled
        .map(store -> new BatchLoader(labelled, store, settings))
        .orElseGet(() -> new BatchLoader(labelled, perEpoch, settings));
  }

  /** The geometric changes draw first: an image lies the same way, whatever its stains. */
  private static Augmentation augmentation(DataSettings data) {
    Augmentation geometric = data.augmentation() ? new CropAndDihedral() : Augmentation.none();
    return data.stainJitter() == 0
        ? geometric
        : geometric.then(new StainJitter(data.stainJitter()));
  }
}
