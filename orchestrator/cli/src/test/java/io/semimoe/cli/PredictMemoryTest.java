package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    String printed = predictWithLittleMemory("--tiles", slide.toString());

    assertThat(printed).contains("slide.tif: is predicted piece by piece, without overlay, since");
    assertThat(names(output)).containsExactly("slide_mask.tif", "slide_probability.tif");
    try (SlideFile mask = SlideFile.open(output.resolve("slide_mask.tif"))) {
      assertThat(mask.width()).isEqualTo(SIDE);
      assertThat(mask.region(0, SIDE / 2 - 1, SIDE - 1, 2, 1).rgb())
          .containsExactly(-1, -1, -1, 0, 0, 0);
    }
  }

  @Test
  void imagesDoNotWaitForMemoryThatOthersHaveGivenBack() throws Exception {
    // Each takes 1 MiB of a budget of 32.
    for (int i = 0; i < 40; i++) {
      PngFiles.writeRgb(images.resolve(i + ".png"), halfRed(16, 16));
    }

    predictWithLittleMemory("--write=mask", images.toString());

    assertThat(names(output)).hasSize(42);
  }

  private String predictWithLittleMemory(String... arguments) throws Exception {
    List<Object> all = new ArrayList<>(List.of("predict", "-m", model, "-o", output));
    all.addAll(List.of(arguments));
    OwnProcess predict = OwnProcess.run(folder, List.of(OwnProcess.LITTLE_MEMORY), all.toArray());
    assertThat(predict.exitCode()).as(predict.printed()).isEqualTo(ExitCodes.OK);
    return predict.printed();
  }
}
