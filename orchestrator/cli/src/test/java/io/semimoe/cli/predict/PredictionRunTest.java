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
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionRunTest {
  @TempDir Path folder;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  @Test
  void endsAtOnceWhenItIsInterrupted() throws Exception {
    Path image = folder.resolve("a.png");
    PngFiles.writeRgb(image, new RgbImage(16, 16, new byte[3 * 16 * 16]));
    PredictionSettings settings =
        new PredictionSettings(
            new ObjectChoice(OptionalLong.empty(), OptionalLong.empty(), true, 0.8),
            OptionalDouble.empty(),
            folder,
            EnumSet.of(Prediction.MASK),
            Long.MAX_VALUE);
    Endless listener = new Endless();

    try (PredictionModels models =
        PredictionModels.open(
            RedModel.write(folder.resolve("model.onnx")), SegmenterOptions.builder().threads(1))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> PredictionRun.of(Map.of("a", image), 1, models, settings, listener))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(listener.results).hasValue(0);
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
