package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that {@code predict} refuses, and what it says of the others. */
class PredictOptionsTest extends PredictionPlaces {
  @Test
  void aPixelWithoutSizeIsAUsageError() {
    for (String size : List.of("0", "-0.5", "NaN", "0.019", "21", "Infinity")) {
      Invocation predict =
          Invocation.of("predict", "-m", model, "-o", output, "--pixel-size", size, images);

      assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
      assertThat(predict.err())
          .contains("--pixel-size: expected what a microscope can have, 0.02 to 20.0 µm, found ");
    }
    assertThat(output).doesNotExist();
  }

  @Test
  void helpTellsTheDefaults() {
    Invocation help = Invocation.of("predict", "--help");

    assertThat(help.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(help.out()).contains("(default: 0.33)").doesNotContain("null");
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    Invocation tiles =
        Invocation.of("predict", "-m", model, "-o", output, "--tile-size", "16", images);
    assertThat(tiles.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(tiles.err()).contains("Missing required").contains("--tiles");
    Invocation area =
        Invocation.of("predict", "-m", model, "-o", output, "--min-area", "-1", images);
    assertThat(area.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(area.err()).contains("minimum area").contains("-1");
    Invocation side =
        Invocation.of("predict", "-m", model, "-o", output, "--tiles", "--tile-size", "20", images);
    assertThat(side.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(side.err()).contains("multiple of 16, found 20");
    assertThat(output).doesNotExist();
  }

  @Test
  void aGpuThatCannotBeUsedIsANativeError() throws Exception {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--device", "cuda:99", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.NATIVE);
    assertThat(predict.err()).contains("CUDA device 99 cannot be used", "-Pcuda");
    assertThat(output).doesNotExist();
  }

  @Test
  void anUnknownDeviceIsAUsageError() {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--device", "gpu", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(predict.err()).contains("device", "cuda:n", "gpu");
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--threads, -1, expected 0 to 1024",
    "--threads, 1025, expected 0 to 1024",
    "--images-at-once, 0, expected 1 or more",
    "--max-pixels, 0, expected 1 or more",
    "--threshold, 0, expected a number between 0 and 1",
    "--threshold, 1, expected a number between 0 and 1",
    "--threshold, NaN, expected a number between 0 and 1"
  })
  void aNumberOutOfItsRangeIsAUsageError(String option, String value, String expected) {
    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, option, value, images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(predict.err()).contains(option + ": " + expected + ", found " + value);
    assertThat(output).doesNotExist();
  }
}
