package io.semimoe.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.augment.Augmentation;
import io.semimoe.dataset.augment.ImageAndMask;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.DataFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.target.BoundaryTarget;
import io.semimoe.dataset.target.SignedDistanceField;
import io.semimoe.dataset.target.TargetMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
      return read(loader, epoch, first);
    }
  }

  private static List<IterationBatches> read(BatchLoader loader, int epoch, int first) {
    List<IterationBatches> all = new ArrayList<>();
    try (EpochBatches batches = loader.epoch(epoch, first)) {
      batches.forEachRemaining(all::add);
    }
    return all;
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
        float[] image = read(loader, epoch, 0).get(0).labelled().image();
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
        names.addAll(names(read(loader, epoch, 0), true));
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
        names(read(loader, epoch, 0), true).forEach(name -> seen.merge(name, 1, Integer::sum));
      }
    }
    assertThat(seen).hasSize(3).allSatisfy((name, times) -> assertThat(times).isEqualTo(2));
  }

  @Test
  void targetsAreMadeFromTheAugmentedMask() {
    for (IterationBatches batches : read(Fixture.settings(9, 2, 2), 0, 0)) {
      Batch batch = batches.labelled();
      int pixels = Fixture.SIZE * Fixture.SIZE;
      assertThat(batch.image()).hasSize(2 * 3 * pixels);
      for (int n = 0; n < 2; n++) {
        int[] labels = new int[pixels];
        for (int i = 0; i < pixels; i++) {
          labels[i] = (int) batch.mask()[n * pixels + i];
        }
        float[] sdf = Arrays.copyOfRange(batch.sdf(), n * pixels, (n + 1) * pixels);
        LabelMap mask = new LabelMap(Fixture.SIZE, Fixture.SIZE, labels);
        assertThat(sdf).isEqualTo(SignedDistanceField.of(mask, TargetMode.UNION).values());
        assertThat(boundary(batch, n))
            .isEqualTo(BoundaryTarget.of(mask, TargetMode.UNION).labels());
      }
    }
  }

  @Test
  void theSettingsSayWhatTouchingGlandsAre(@TempDir Path folder) throws Exception {
    int[] labels = new int[Fixture.SIZE * Fixture.SIZE];
    for (int i = 0; i < labels.length; i++) {
      int x = i % Fixture.SIZE;
      labels[i] = x < 4 ? 0 : x < 8 ? 1 : 2;
    }
    LabelMap touching = new LabelMap(Fixture.SIZE, Fixture.SIZE, labels);
    Path image = DataFiles.image(folder.resolve("a.png"), Fixture.SIZE, Fixture.SIZE);
    Path mask = folder.resolve("a_m.png");
    PngFiles.writeLabels(mask, touching);
    ImageStore store =
        ImageStore.load(
            List.of(new Sample("a", image, Optional.of(mask), Role.LABELLED, "train")),
            Fixture.SIZE,
            1);
    for (TargetMode distance : TargetMode.values()) {
      for (TargetMode boundary : TargetMode.values()) {
        LoaderSettings settings =
            new LoaderSettings(
                1, 1, Augmentation.none(), distance, boundary, Normalization.GLAS, 1, 1);
        try (BatchLoader loader = new BatchLoader(store, unlabelled, settings)) {
          Batch batch = read(loader, 0, 0).get(0).labelled();
          assertThat(batch.sdf())
              .as("distance of %s", distance)
              .isEqualTo(SignedDistanceField.of(touching, distance).values());
          assertThat(boundary(batch, 0))
              .as("boundary of %s", boundary)
              .isEqualTo(BoundaryTarget.of(touching, boundary).labels());
        }
      }
    }
  }

  private static int[] boundary(Batch batch, int n) {
    int pixels = Fixture.SIZE * Fixture.SIZE;
    int[] boundary = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      boundary[i] = (int) batch.boundary()[n * pixels + i];
    }
    return boundary;
  }

  @Test
  void unlabelledBatchesHaveNoTargets() {
    Batch batch = read(Fixture.settings(9, 1, 1), 0, 0).get(0).unlabelled().orElseThrow();
    assertThat(batch.hasTargets()).isFalse();
    assertThat(batch.mask()).isEmpty();
    assertThat(batch.sdf()).isEmpty();
    assertThat(batch.boundary()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IterationBatches(batch, Optional.of(batch)));
  }

  @Test
  void withoutAugmentationTheImageIsTheStoredOne() {
    Batch batch =
        read(Fixture.settings(9, 1, 1, Augmentation.none()), 0, 0)
            .get(0)
            .unlabelled()
            .orElseThrow();
    int index = Integer.parseInt(batch.names().get(1).replaceAll("\\D", ""));
    float[] expected = new float[3 * Fixture.SIZE * Fixture.SIZE];
    Normalization.GLAS.apply(unlabelled.imageAndMask(index).image(), expected, 0);
    assertThat(Arrays.copyOfRange(batch.image(), expected.length, 2 * expected.length))
        .isEqualTo(expected);
  }

  @Test
  void exceptionsOfTheThreadsReachTheConsumer() {
    Augmentation broken =
        (original, random) -> {
          throw new ArithmeticException("broken on purpose");
        };
    try (BatchLoader loader =
            new BatchLoader(labelled, unlabelled, Fixture.settings(1, 2, 2, broken));
        EpochBatches batches = loader.epoch(0, 0)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("broken on purpose");
    }
  }

  @Test
  void theTimeThatTheConsumerWaitsIsCounted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread consumer = Thread.currentThread();
    try (BatchLoader loader =
            new BatchLoader(labelled, unlabelled, Fixture.settings(1, 1, 1, held(release)));
        EpochBatches batches = loader.epoch(0, 0)) {
      assertThat(batches.waitNanoseconds()).isZero();
      Thread releaser =
          new Thread(
              () -> {
                try {
                  while (consumer.getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                  }
                  Thread.sleep(50);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                release.countDown();
              });
      releaser.start();
      batches.next();
      releaser.join();
      assertThat(batches.waitNanoseconds()).isGreaterThan(40_000_000);
    }
  }

  /** Returns an augmentation that waits for a latch, or until it is interrupted. */
  private static Augmentation held(CountDownLatch latch) {
    return (original, random) -> {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new ImageAndMask(original.image(), original.mask());
    };
  }

  @Test
  void closingEndsTheThreadsEvenIfTheyAreBusy() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    BatchLoader loader =
        new BatchLoader(
            labelled, unlabelled, Fixture.settings(1, 3, 4, held(new CountDownLatch(1))));
    EpochBatches batches = loader.epoch(0, 0);
    Set<Thread> own = loaderThreads(before);
    assertThat(own).isNotEmpty();
    loader.close();
    assertThat(own)
        .allSatisfy(
            thread -> {
              thread.join(10_000);
              assertThat(thread.isAlive()).isFalse();
            });
    assertThatIllegalStateException().isThrownBy(batches::next);
    assertThatIllegalStateException().isThrownBy(() -> loader.epoch(0, 0));
  }

  @Test
  @Timeout(60)
  void closingWakesAConsumerWhoseBatchWasNotBegun() throws Exception {
    BatchLoader loader =
        new BatchLoader(
            labelled, unlabelled, Fixture.settings(1, 1, 1, held(new CountDownLatch(1))));
    EpochBatches busy = loader.epoch(0, 0);
    EpochBatches waiting = loader.epoch(1, 0);
    CompletableFuture<IterationBatches> next = new CompletableFuture<>();
    Thread consumer =
        new Thread(
            () -> {
              try {
                next.complete(waiting.next());
              } catch (RuntimeException e) {
                next.completeExceptionally(e);
              }
            });
    consumer.start();
    while (consumer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    loader.close();
    assertThat(next)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class);
    assertThatIllegalStateException().isThrownBy(busy::next);
  }

  private static Set<Thread> loaderThreads(Set<Thread> before) {
    Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
    own.removeAll(before);
    own.removeIf(thread -> !thread.getName().startsWith("batch-loader"));
    return own;
  }

  @Test
  void anInterruptedConsumerStopsWaiting() {
    try (BatchLoader loader =
            new BatchLoader(
                labelled, unlabelled, Fixture.settings(1, 1, 1, held(new CountDownLatch(1))));
        EpochBatches batches = loader.epoch(0, 0)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(batches::next).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theEndOfAnEpochIsAnEnd() {
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled, Fixture.settings(1, 1, 1));
        EpochBatches batches = loader.epoch(0, loader.iterationsPerEpoch())) {
      assertThat(batches.hasNext()).isFalse();
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void supervisedTrainingHasTheSameLabelledBatchesAndNoOthers() {
    LoaderSettings settings = Fixture.settings(5, 2, 2);
    List<IterationBatches> both = read(settings, 1, 0);
    try (BatchLoader loader = new BatchLoader(labelled, unlabelled.count(), settings)) {
      List<IterationBatches> supervised = read(loader, 1, 0);

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
