package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.PngFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native libraries of {@code predict} and {@code doctor}, which load once in a process. */
class PredictNativesTest {
  @TempDir private Path folder;

  @Test
  void predictingLeavesNothingAmongTheTemporaryFiles() throws Exception {
    Path scratch = Files.createDirectory(folder.resolve("tmp"));
    Path natives = folder.resolve("natives");

    OwnProcess run = predict("-Djava.io.tmpdir=" + scratch, "-Dsemimoe.natives.dir=" + natives);

    assertThat(run.exitCode()).as(run.printed()).isEqualTo(ExitCodes.OK);
    assertThat(scratch).isEmptyDirectory();
    assertThat(natives).isDirectoryContaining(kept -> kept.toString().contains("onnxruntime-"));
  }

  @Test
  void whereNothingLoadsTheExitCodeIsThatOfMissingNatives() throws Exception {
    OwnProcess run = predict("-Donnxruntime.native.path=" + folder);

    assertThat(run.exitCode()).as(run.printed()).isEqualTo(ExitCodes.NATIVE);
    assertThat(run.printed())
        .startsWith("semi-moe: the system refuses to load the native libraries in " + folder);
  }

  @Test
  void doctorTellsThatPredictingDoesNotWork() throws Exception {
    OwnProcess run =
        OwnProcess.run(folder, List.of("-Donnxruntime.native.path=" + folder), "doctor");

    assertThat(run.printed().lines())
        .filteredOn(line -> line.contains(" prediction "))
        .singleElement()
        .asString()
        .startsWith("BAD ")
        .contains("in " + folder);
  }

  private OwnProcess predict(String... options) throws Exception {
    Path model = RedModel.write(folder.resolve("model.onnx"));
    Path image = folder.resolve("a.png");
    PngFiles.writeRgb(image, PredictionPlaces.halfRed(16, 16));
    return OwnProcess.run(
        folder,
        List.of(options),
        "predict",
        "-m",
        model,
        "-o",
        folder.resolve("predictions"),
        image);
  }
}
