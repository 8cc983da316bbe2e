package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which images {@code predict} takes, and where it writes. */
class PredictFilesTest extends PredictionPlaces {
  @Test
  void findsImagesByPatterns() throws Exception {
    Path deeper = Files.createDirectories(images.resolve("x").resolve("y"));
    PngFiles.writeRgb(deeper.resolve("c.png"), halfRed(20, 20));
    Files.writeString(deeper.resolve("notes.txt"), "no image");

    Invocation one =
        Invocation.of(
            "predict", "-m", model, "-o", output, "--write", "mask", images.resolve("[ab].p*"));
    assertThat(one.exitCode()).as(one.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(output)).containsExactly("a_mask.png", "b_mask.png");

    Path below = folder.resolve("below");
    Invocation all =
        Invocation.of("predict", "-m", model, "-o", below, "--write", "mask", images + "/**");
    assertThat(all.exitCode()).as(all.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(below)).containsExactly("a_mask.png", "b_mask.png", "c_mask.png");

    Invocation none =
        Invocation.of("predict", "-m", model, "-o", output, images.resolve("nothing*.png"));
    assertThat(none.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(none.err()).contains("nothing*.png");
  }

  @Test
  void takesAFileWhoseNameLooksLikeAPattern() throws Exception {
    Path odd = images.resolve("c[1].png");
    PngFiles.writeRgb(odd, halfRed(20, 20));

    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--write", "mask", odd);

    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(output)).containsExactly("c[1]_mask.png");
  }

  @Test
  void anOutputThatCannotBeWrittenIsADataError() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");

    Invocation predict = Invocation.of("predict", "-m", model, "-o", file, images);
    Invocation below = Invocation.of("predict", "-m", model, "-o", file.resolve("out"), images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err())
        .contains(file + ": expected a folder to write into, found a file; choose another --output")
        .doesNotContain("Exception");
    assertThat(below.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(below.err())
        .contains(file.resolve("out") + ": expected a folder that can be made")
        .doesNotContain("Exception");
    assertThat(file).hasContent("mine");
  }

  @Test
  void neverReplacesOneOfTheImages() throws Exception {
    Path mask = images.resolve("a_mask.png");
    PngFiles.writeRgb(mask, halfRed(24, 24));
    byte[] before = Files.readAllBytes(mask);
    Path link = Files.createSymbolicLink(folder.resolve("link"), images);

    for (Path place : List.of(images, link)) {
      Invocation predict =
          Invocation.of(
              "predict",
              "-m",
              model,
              "-o",
              place,
              "--overwrite",
              "--write",
              "mask",
              images.resolve("a.png"),
              mask);

      assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
      assertThat(predict.err())
          .contains("--output", place.resolve("a_mask.png").toString(), "is one of the images");
    }
    assertThat(mask).hasBinaryContent(before);
    assertThat(names(images)).containsExactly("a.png", "a_mask.png", "b.png");
  }

  @Test
  void takesAFileOnceHoweverItIsSpelled() throws Exception {
    Path again = images.resolve("..").resolve(images.getFileName()).resolve("a.png");

    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, images, again);

    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(output)).hasSize(6);
  }

  @Test
  void refusesToWriteIntoTheFolderOfTheImages() throws Exception {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", images.resolve("."), "--overwrite", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(predict.err()).contains("--output").contains("another folder");
    Invocation pattern = Invocation.of("predict", "-m", model, "-o", images, images + "/*.png");

    assertThat(pattern.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(pattern.err()).contains("--output").contains("another folder");
    assertThat(names(images)).containsExactly("a.png", "b.png");
  }

  @Test
  void writesImagesOfOneNameIntoFoldersOfTheirs() throws Exception {
    Path deeper = Files.createDirectory(images.resolve("deeper"));
    PngFiles.writeRgb(deeper.resolve("a.png"), halfRed(16, 24));
    Object[] arguments = {
      "predict", "-m", model, "-o", output, "--write", "mask", images + "/**/*.png"
    };

    Invocation predict = Invocation.of(arguments);

    assertThat(predict.err()).isEmpty();
    assertThat(predict.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(names(output)).containsExactly("a_mask.png", "b_mask.png", "deeper");
    assertThat(MaskFiles.read(output.resolve("a_mask.png")).width()).isEqualTo(48);
    assertThat(MaskFiles.read(output.resolve("deeper").resolve("a_mask.png")).width())
        .isEqualTo(16);
    assertThat(Invocation.of(arguments).err())
        .contains(output.resolve("a_mask.png").toString(), "--overwrite");
  }

  @Test
  void overwritesOnlyWhenAsked() throws Exception {
    Files.createDirectories(output);
    Path mine = Files.writeString(output.resolve("b_mask.png"), "mine");

    Invocation refused = Invocation.of("predict", "-m", model, "-o", output, images);

    assertThat(refused.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err()).contains(mine.toString()).contains("--overwrite");
    assertThat(names(output)).containsExactly("b_mask.png");
    assertThat(mine).hasContent("mine");

    Invocation allowed = Invocation.of("predict", "-m", model, "-o", output, "--overwrite", images);

    assertThat(allowed.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(MaskFiles.read(mine).width()).isEqualTo(33);
  }

  @Test
  void whatOnlyAnImageLargerThanTheMemoryWouldReplaceIsKeptToo() throws Exception {
    Files.createDirectories(output);
    Path mine = Files.writeString(output.resolve("b_mask.tif"), "mine");

    Invocation refused = Invocation.of("predict", "-m", model, "-o", output, images);

    assertThat(refused.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.err()).contains(mine.toString()).contains("--overwrite");
    assertThat(names(output)).containsExactly("b_mask.tif");
  }

  @Test
  void noFileIsLeftOfAnImageOneOfWhoseFilesCannotBeWritten() throws Exception {
    Files.createDirectories(output.resolve("a_overlay.png"));

    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, "--overwrite", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains("1 of 2 images", "a_overlay.png: is a folder");
    assertThat(names(output))
        .containsExactly("a_overlay.png", "b_mask.png", "b_overlay.png", "b_probability.png");
  }

  @Test
  void refusesTwoImagesThatWouldWriteTheSameFiles() throws Exception {
    Files.copy(images.resolve("a.png"), images.resolve("a.tif"));

    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains("a.png").contains("a.tif");
    assertThat(output).doesNotExist();
  }

  @Test
  void findsTheModelOfARun() throws Exception {
    Path export = Files.createDirectories(folder.resolve("run").resolve("export"));
    Files.move(model, export.resolve("model.onnx"));

    Invocation inspect = Invocation.of("inspect", folder.resolve("run"));

    assertThat(inspect.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(inspect.out()).contains("preset").contains("compact");
  }

  @Test
  void aMissingModelIsADataError() {
    Path none = folder.resolve("none.onnx");

    Invocation predict = Invocation.of("predict", "-m", none, "-o", output, images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains(none.toString());
  }

  @Test
  void aFolderThatIsNotNamedIsNotTheCurrentOne() throws Exception {
    Invocation noOutput = Invocation.of("predict", "-m", model, "-o", "", images);
    Invocation noImage = Invocation.of("predict", "-m", model, "-o", output, "");

    assertThat(noOutput.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(noOutput.err()).contains("'--output'", "expected a file or folder, found nothing");
    assertThat(noImage.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(noImage.err()).contains("expected an image, a folder or a pattern, found nothing");
  }

  @Test
  void aNameThatNoFileCanHaveIsToldInWords() throws Exception {
    Invocation noOutput = Invocation.of("predict", "-m", model, "-o", "a\0b", images);
    Invocation noImage = Invocation.of("predict", "-m", model, "-o", output, "a\0b.png");

    assertThat(noOutput.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(noImage.exitCode()).isEqualTo(ExitCodes.DATA);
    for (String err : List.of(noOutput.err(), noImage.err())) {
      assertThat(err).contains("found a\0b").doesNotContain("Exception");
    }
  }
}
