package io.semimoe.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.cli.RedModel;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.Progress;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionRunTest {
  @TempDir Path folder;
  private final Map<String, Path> images = new TreeMap<>();
  private Path model;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  @BeforeEach
  void writeModelAndImages() throws Exception {
    model = RedModel.write(folder.resolve("model.onnx"));
    for (String name : List.of("a", "b")) {
      images.put(name, folder.resolve(name + ".png"));
      PngFiles.writeRgb(images.get(name), new RgbImage(16, 16, new byte[3 * 16 * 16]));
    }
  }

  @Test
  void goesOnAfterAnImageThatBringsADefectToLight() throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    Progress failingOnce =
        (done, all) -> {
          if (!failed.getAndSet(true)) {
            throw new IllegalStateException("upside down");
          }
        };
    Story listener = new Story(failingOnce);

    run(listener);

    assertThat(listener.events)
        .containsExactly(
            "defect of " + images.get("a") + ": upside down",
            "1 done",
            "predicted " + images.get("b"),
            "2 done");
  }

  @Test
  void everyImageOnWhichTheModelFailsIsNamed() throws Exception {
    model = RedModel.writeWithoutSoftmax(model);
    Story listener = new Story(Progress.NONE);

    run(listener);

    assertThat(listener.events)
        .satisfiesExactly(
            event ->
                assertThat(event)
                    .startsWith("failed " + images.get("a") + ": ")
                    .contains("expected numbers from 0 to 1"),
            event -> assertThat(event).isEqualTo("1 done"),
            event -> assertThat(event).startsWith("failed " + images.get("b") + ": "),
            event -> assertThat(event).isEqualTo("2 done"));
  }

  @Test
  void endsAtOnceWhenItIsInterrupted() {
    Endless listener = new Endless();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(listener)).isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(listener.results).hasValue(0);
  }

  private void run(PredictionListener listener) throws Exception {
    PredictionSettings settings =
        new PredictionSettings(
            new ObjectChoice(OptionalLong.empty(), OptionalLong.empty(), true, 0.8),
            OptionalDouble.empty(),
            folder,
            EnumSet.of(Prediction.MASK),
            Long.MAX_VALUE);
    try (PredictionModels models =
        PredictionModels.open(model, SegmenterOptions.builder().threads(1))) {
      PredictionRun.of(images, 1, models, settings, listener);
    }
  }

  /** Keeps what it hears. */
  private static final class Story extends QuietListener {
    private final List<String> events = new ArrayList<>();
    private final Progress progress;

    Story(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void predicted(Predicted result) {
      events.add("predicted " + result.image());
    }

    @Override
    public void failed(Path image, String reason) {
      events.add("failed " + reason);
    }

    @Override
    public void defect(Path image, RuntimeException defect) {
      events.add("defect of " + image + ": " + defect.getMessage());
    }

    @Override
    public void imagesDone(int done) {
      events.add(done + " done");
    }

    @Override
    public Progress ofImage() {
      return progress;
    }
  }

  /** Is not done with any image until it is interrupted. */
  private static final class Endless extends QuietListener {
    private final AtomicInteger results = new AtomicInteger();

    @Override
    public void defect(Path image, RuntimeException defect) {
      results.incrementAndGet();
    }

    @Override
    public void failed(Path image, String reason) {
      results.incrementAndGet();
    }

    @Override
    public Progress ofImage() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new CancellationException("interrupted");
    }
  }
}
