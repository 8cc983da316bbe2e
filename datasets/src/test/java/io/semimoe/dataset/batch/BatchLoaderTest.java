package io.semimoe.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.semimoe.dataset.layout.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderTest {
  private static ImageStore labelled;
  private static ImageStore unlabelled;

  @BeforeAll
  static void load(@TempDir Path folder) throws Exception {
    labelled = Fixture.store(folder, Role.LABELLED, 3);
    unlabelled = Fixture.store(folder, Role.UNLABELLED, 7);
  }

  private static List<IterationBatches> read(LoaderSettings settings, int epoch, int first) {
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled, settings)) {
      return Fixture.read(loader, epoch, first);
    }
  }

  /** Everything that a batch holds, to compare by value. */
  private static List<Object> contents(IterationBatches batches) {
    List<Object> contents = new ArrayList<>();
    for (Batch batch : List.of(batches.labelled(), batches.unlabelled().orElseThrow())) {
      contents.add(batch.names());
      for (float[] values : List.of(batch.image(), batch.mask(), batch.sdf(), batch.boundary())) {
        contents.add(Arrays.hashCode(values));
        contents.add(values.length);
      }
    }
    return contents;
  }

  private static List<List<Object>> contents(List<IterationBatches> batches) {
    return batches.stream().map(BatchLoaderTest::contents).toList();
  }

  private static List<String> names(List<IterationBatches> epoch, boolean ofLabelled) {
    return epoch.stream()
        .flatMap(b -> (ofLabelled ? b.labelled() : b.unlabelled().orElseThrow()).names().stream())
        .toList();
  }

  @Test
  void batchesDoNotDependOnThreadsAndPrefetching() {
    for (int epoch = 0; epoch < 3; epoch++) {
      List<List<Object>> one = contents(read(Fixture.settings(5, 1, 1), epoch, 0));
      List<List<Object>> three = contents(read(Fixture.settings(5, 3, 4), epoch, 0));
      assertThat(three).as("epoch %s", epoch).isEqualTo(one);
    }
  }

  @Test
  void anEpochEnteredInItsMiddleGoesOnIdentically() {
    List<List<Object>> whole = contents(read(Fixture.settings(5, 2, 2), 4, 0));
    for (int first = 0; first <= whole.size(); first++) {
      assertThat(contents(read(Fixture.settings(5, 2, 2), 4, first)))
          .as("from iteration %s", first)
          .isEqualTo(whole.subList(first, whole.size()));
    }
  }

  @Test
  void seedsAndEpochsDiffer() {
    List<List<Object>> first = contents(read(Fixture.settings(5, 2, 2), 0, 0));
    assertThat(contents(read(Fixture.settings(6, 2, 2), 0, 0))).isNotEqualTo(first);
    assertThat(contents(read(Fixture.settings(5, 2, 2), 1, 0))).isNotEqualTo(first);
  }

  @Test
  void augmentationIsDrawnAnewForEachEpochAndPosition(@TempDir Path folder) throws Exception {
    ImageStore one = Fixture.store(folder, Role.LABELLED, 1);
    Set<Integer> images = new HashSet<>();
    Set<Integer> positions = new HashSet<>();
    try (BatchLoader loader = new BatchLoader(one, one, Fixture.settings(3, 1, 1))) {
      for (int epoch = 0; epoch < 8; epoch++) {
        float[] image = Fixture.read(loader, epoch, 0).get(0).labelled().image();
        images.add(Arrays.hashCode(Arrays.copyOf(image, image.length / 2)));
        positions.add(
            Arrays.hashCode(Arrays.copyOf(image, image.length / 2))
                - Arrays.hashCode(Arrays.copyOfRange(image, image.length / 2, image.length)));
      }
    }
    assertThat(images).hasSizeGreaterThan(4);
    assertThat(positions).hasSizeGreaterThan(4);
  }

  @Test
  void augmentationIsDrawnAnewForEachIteration(@TempDir Path folder) throws Exception {
    ImageStore one = Fixture.store(folder, Role.LABELLED, 1);
    try (BatchLoader loader = new BatchLoader(one, 16, Fixture.settings(3, 1, 1))) {
      assertThat(Fixture.read(loader, 0, 0).stream().map(b -> hash(b.labelled())).distinct())
          .hasSizeGreaterThan(4);
    }
  }

  @Test
  void labelledAndUnlabelledImagesAreAugmentedEachInItsOwnWay(@TempDir Path folder)
      throws Exception {
    ImageStore one = Fixture.store(folder, Role.LABELLED, 1);
    try (BatchLoader loader = new BatchLoader(one, one, Fixture.settings(3, 1, 1))) {
      assertThat(IntStream.range(0, 8).mapToObj(epoch -> Fixture.read(loader, epoch, 0).get(0)))
          .anySatisfy(
              b -> assertThat(hash(b.labelled())).isNotEqualTo(hash(b.unlabelled().orElseThrow())));
    }
  }

  private static int hash(Batch batch) {
    return Arrays.hashCode(batch.image());
  }

  @Test
  void labelledAndUnlabelledImagesComeEachInTheirOwnOrder(@TempDir Path folder) throws Exception {
    ImageStore same = Fixture.store(folder, Role.LABELLED, 7);
    try (BatchLoader loader = new BatchLoader(same, same, Fixture.settings(1, 1, 1))) {
      List<IterationBatches> epoch = Fixture.read(loader, 0, 0);
      assertThat(names(epoch, true)).isNotEqualTo(names(epoch, false));
    }
  }

  @Test
  void unlabelledImagesAreShuffledAnewInEachEpoch() {
    assertThat(
            IntStream.range(0, 6)
                .mapToObj(epoch -> names(read(Fixture.settings(1, 1, 1), epoch, 0), false))
                .distinct())
        .hasSizeGreaterThan(4);
  }

  @Test
  void anEpochShowsEachUnlabelledImageAndFillsItsLastBatch() {
    for (int epoch = 0; epoch < 5; epoch++) {
      List<String> names = names(read(Fixture.settings(1, 2, 2), epoch, 0), false);
      assertThat(names).hasSize(8);
      assertThat(names.subList(0, 7)).doesNotHaveDuplicates();
    }
  }

  @Test
  void labelledImagesComeEquallyOftenOverTheRun() {
    List<String> names = new ArrayList<>();
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled, Fixture.settings(1, 2, 2))) {
      for (int epoch = 0; epoch < 6; epoch++) {
        names.addAll(names(Fixture.read(loader, epoch, 0), true));
      }
    }
    assertThat(names).hasSize(48);
    for (int i = 0; i < 48; i += 3) {
      assertThat(names.subList(i, i + 3)).as("repetition %s", i / 3).doesNotHaveDuplicates();
    }
  }

  @Test
  void repetitionsAreShuffledAnew() {
    List<String> names = names(read(Fixture.settings(1, 2, 2), 0, 0), true);
    Set<List<String>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 6; epoch += 3) {
      for (int i = 0; i + 3 <= names.size(); i += 3) {
        orders.add(names(read(Fixture.settings(1, 2, 2), epoch, 0), true).subList(i, i + 3));
      }
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void moreLabelledThanUnlabelledImagesAreWalkedThroughOverTheEpochs(@TempDir Path folder)
      throws Exception {
    ImageStore few = Fixture.store(folder, Role.UNLABELLED, 2);
    Map<String, Integer> seen = new HashMap<>();
    try (BatchLoader loader = new BatchLoader(labelled, few, Fixture.settings(1, 1, 1))) {
      assertThat(loader.iterationsPerEpoch()).isEqualTo(1);
      for (int epoch = 0; epoch < 3; epoch++) {
        names(Fixture.read(loader, epoch, 0), true)
            .forEach(name -> seen.merge(name, 1, Integer::sum));
      }
    }
    assertThat(seen).hasSize(3).allSatisfy((name, times) -> assertThat(times).isEqualTo(2));
  }

  @Test
  void supervisedTrainingHasTheSameLabelledBatchesAndNoOthers() {
    LoaderSettings settings = Fixture.settings(5, 2, 2);
    List<IterationBatches> both = read(settings, 1, 0);
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled.count(), settings)) {
      List<IterationBatches> supervised = Fixture.read(loader, 1, 0);

      assertThat(supervised).hasSameSizeAs(both);
      for (int i = 0; i < both.size(); i++) {
        assertThat(supervised.get(i).unlabelled()).isEmpty();
        assertThat(supervised.get(i).labelled())
            .usingRecursiveComparison()
            .isEqualTo(both.get(i).labelled());
      }
    }
  }

  @Test
  void wrongArgumentsAreRefused() throws Exception {
    LoaderSettings settings = Fixture.settings(1, 1, 1);
    ImageStore none = ImageStore.load(List.of(), Fixture.SIZE, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLoader(none, unlabelled, settings))
        .withMessageContaining("found 0 and 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLoader(labelled, 0, settings))
        .withMessageContaining("an epoch of at least one, found 3 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLoader(unlabelled, unlabelled, settings))
        .withMessageContaining("expected a mask");
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled, settings)) {
      assertThatIllegalArgumentException().isThrownBy(() -> loader.epoch(-1, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> loader.epoch(0, 5));
    }
  }
}
