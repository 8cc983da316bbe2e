package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code predict} does with little memory, in a process that has no more. */
class PredictMemoryTest extends PredictionPlaces {
  private static final int SIDE = 1100;

  @Test
  void anImageInTilesThatTheHeapDoesNotHoldIsPredictedPieceByPiece() throws Exception {
    Path slide = folder.resolve("slide.tif");
    try (TiffWriter writer = TiffWriter.create(slide, TiffLayout.of(SIDE, SIDE, TiffContent.RGB))) {
      writer.append(halfRed(SIDE, SIDE));
      writer.finish();
    }

    Process predict =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                SemiMoe.class.getName(),
                "predict",
                "--tiles",
                "-m",
                model.toString(),
                "-o",
                output.toString(),
                slide.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(predict.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(predict.waitFor()).as(printed).isEqualTo(ExitCodes.OK);
    assertThat(printed).contains("slide.tif: is predicted piece by piece, without overlay, since");
    assertThat(names(output)).containsExactly("slide_mask.tif", "slide_probability.tif");
    try (SlideFile mask = SlideFile.open(output.resolve("slide_mask.tif"))) {
      assertThat(mask.width()).isEqualTo(SIDE);
      assertThat(mask.region(0, SIDE / 2 - 1, SIDE - 1, 2, 1).rgb())
          .containsExactly(-1, -1, -1, 0, 0, 0);
    }
  }
}
