package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cut} does with little memory, in a process that has no more. */
class CutMemoryTest {
  @TempDir Path folder;

  @Test
  void outlinesThatTheHeapDoesNotHoldAreADataError() throws Exception {
    PngFiles.writeRgb(folder.resolve("a.png"), new RgbImage(8, 8, new byte[8 * 8 * 3]));
    Path outlines =
        Files.writeString(
            folder.resolve("a.geojson"),
            "[{\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [["
                + "[0.5,0.5],[7.5,0.5],[7.5,7.5],".repeat(300_000)
                + "[0.5,0.5]]]}}]");

    OwnProcess cut =
        OwnProcess.run(
            folder,
            List.of(OwnProcess.LITTLE_MEMORY),
            "cut",
            "-o",
            folder.resolve("fields"),
            folder.resolve("a.png"));

    assertThat(cut.exitCode()).as(cut.printed()).isEqualTo(ExitCodes.DATA);
    assertThat(cut.printed())
        .startsWith("semi-moe: " + outlines + ": the ")
        .contains(" MiB of memory that Java has do not suffice for its outlines")
        .contains("-Xmx, in SEMI_MOE_JAVA_OPTS")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("fields")).doesNotExist();
  }
}
