package io.semimoe.dataset.batch;

import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.CropAndDihedral;
import io.semimoe.dataset.layout.DataFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.target.TargetMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small image stores and loaders for tests. */
final class Fixture {
  static final int SIZE = 16;

  private Fixture() {}

  static List<Sample> samples(Path folder, Role role, int count) throws Exception {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = role.text() + i;
      Path image = DataFiles.image(folder.resolve(name + ".png"), 20, 18);
      Optional<Path> mask =
          role.needsMask()
              ? Optional.of(DataFiles.mask(folder.resolve(name + "_m.png"), 20, 18, 4 + i))
              : Optional.empty();
      samples.add(new Sample(name, image, mask, role, "train"));
    }
    return samples;
  }

  static ImageStore store(Path folder, Role role, int count) throws Exception {
    return ImageStore.load(samples(folder, role, count), SIZE, 2);
  }

  static LoaderSettings settings(long seed, int threads, int prefetch) {
    return settings(seed, threads, prefetch, new CropAndDihedral());
  }

  static LoaderSettings settings(long seed, int threads, int prefetch, Augmentation augmentation) {
    return new LoaderSettings(
        2,
        seed,
        augmentation,
        TargetMode.UNION,
        TargetMode.UNION,
        Normalization.GLAS,
        threads,
        prefetch);
  }

  /** Reads the rest of an epoch. */
  static List<IterationBatches> read(BatchLoader loader, int epoch, int firstIteration) {
    List<IterationBatches> all = new ArrayList<>();
    try (EpochBatches batches = loader.epoch(epoch, firstIteration)) {
      batches.forEachRemaining(all::add);
    }
    return all;
  }
}
