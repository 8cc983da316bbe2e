package io.semimoe.dataset.batch;

import io.semimoe.dataset.augment.ImageAndMask;
import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.target.BoundaryTarget;
import io.semimoe.dataset.target.SignedDistanceField;
import java.util.ArrayList;
import java.util.List;

/** Makes single batches: augmentation, then targets, then normalisation. Thread-safe. */
final class BatchMaker {
  private final ImageStore store;
  private final LoaderSettings settings;
  private final String purpose;

  BatchMaker(ImageStore store, LoaderSettings settings, String purpose) {
    this.store = store;
    this.settings = settings;
    this.purpose = purpose;
  }

  /**
   * Makes the batch of the images {@code order[first]}, ..., {@code order[first + N - 1]}.
   *
   * @param epoch the epoch, which with the position in it seeds the augmentation
   */
  Batch make(int[] order, int epoch, int first, boolean withTargets) {
    int n = settings.batchSize();
    int size = store.size();
    int pixels = size * size;
    float[] image = new float[n * 3 * pixels];
    int targetLength = withTargets ? n * pixels : 0;
    float[] mask = new float[targetLength];
    float[] sdf = new float[targetLength];
    float[] boundary = new float[targetLength];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int index = order[first + i];
      names.add(store.sample(index).name());
      SeededRandom random = SeededRandom.of(settings.seed(), purpose, epoch, first + i);
      ImageAndMask augmented = settings.augmentation().apply(store.imageAndMask(index), random);
      settings.normalization().apply(augmented.image(), image, i * 3 * pixels);
      if (withTargets) {
        LabelMap labels = augmented.mask().orElseThrow();
        copy(labels, mask, i * pixels);
        float[] distances = SignedDistanceField.of(labels, settings.distanceMode()).values();
        System.arraycopy(distances, 0, sdf, i * pixels, pixels);
        copy(BoundaryTarget.of(labels, settings.boundaryMode()), boundary, i * pixels);
      }
    }
    return new Batch(size, names, image, mask, sdf, boundary);
  }

  private static void copy(LabelMap map, float[] target, int offset) {
    int[] labels = map.labels();
    for (int i = 0; i < labels.length; i++) {
      target[offset + i] = labels[i] != 0 ? 1 : 0;
    }
  }
}
