package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.training.runtime.NativeLibraries;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
  @TempDir Path folder;
  private Path model;
  private Path images;
  private Path output;

  /** One process has one runtime: the one that the tests of training need too. */
  @BeforeAll
  static void loadNatives() {
    NativeLibraries.load();
  }

  @BeforeEach
  void makeModelAndImages() throws Exception {
    model = RedModel.write(folder.resolve("model.onnx"));
    images = Files.createDirectory(folder.resolve("images of tïssue"));
    output = folder.resolve("out").resolve("new");
    PngFiles.writeRgb(images.resolve("a.png"), halfRed(48, 32));
    PngFiles.writeRgb(images.resolve("b.png"), halfRed(33, 57));
  }

  @Test
  void writesThreeFilesForEachImageAtItsOwnSize() throws Exception {
    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, images);

    assertThat(predict.err()).isEmpty();
    assertThat(predict.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(names(output))
        .containsExactly(
            "a_mask.png",
            "a_overlay.png",
            "a_probability.png",
            "b_mask.png",
            "b_overlay.png",
            "b_probability.png");
    LabelMap mask = MaskFiles.read(output.resolve("b_mask.png"));
    assertThat(List.of(mask.width(), mask.height())).containsExactly(33, 57);
    assertThat(mask.label(2, 28)).isNotZero();
    assertThat(mask.label(30, 28)).isZero();
    RgbImage overlay = ImageFiles.readRgb(output.resolve("a_overlay.png"));
    assertThat(List.of(overlay.width(), overlay.height())).containsExactly(48, 32);
    assertThat(predict.out().lines()).hasSize(2).allMatch(line -> line.contains("foreground"));
  }

  @Test
  void writesTheObjectsForOtherTools() throws Exception {
    Invocation predict =
        Invocation.of(
            "predict", "-m", model, "-o", output, "--write", "geojson,csv,labels", images);

    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    assertThat(names(output))
        .containsExactly(
            "a.geojson",
            "a_labels.tif",
            "a_objects.csv",
            "b.geojson",
            "b_labels.tif",
            "b_objects.csv");
    JsonNode features =
        new ObjectMapper().readTree(output.resolve("a.geojson").toFile()).get("features");
    assertThat(features).hasSize(1);
    JsonNode ring = features.get(0).at("/geometry/coordinates/0");
    long area = features.get(0).at("/properties/measurements/Area px^2").longValue();
    assertThat(features.get(0).at("/properties/classification/name").textValue())
        .isEqualTo("gland");
    assertThat(ring).hasSize(5);
    assertThat(ring.get(0)).isEqualTo(ring.get(4));
    assertThat(MaskFiles.read(output.resolve("a_labels.tif")).foregroundCount()).isEqualTo(area);
    List<String> table = Files.readAllLines(output.resolve("a_objects.csv"));
    assertThat(table).hasSize(2);
    assertThat(table.get(0)).startsWith("id,area_px,perimeter_px");
    assertThat(table.get(1)).startsWith("1," + area + ",");
  }

  @Test
  void coversAnImageWithTilesWhenAsked() throws Exception {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--tiles", "--tile-size", "16", images);

    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    LabelMap mask = MaskFiles.read(output.resolve("a_mask.png"));
    assertThat(List.of(mask.width(), mask.height())).containsExactly(48, 32);
    assertThat(mask.foregroundCount()).isEqualTo(24 * 32);
  }

  @Test
  void triesAgainWithSmallerTilesWhenTheMemoryDoesNotSuffice() throws Exception {
    Path greedy = RedModel.writeGreedy(folder.resolve("greedy.onnx"));

    Invocation predict =
        Invocation.of(
            "predict", "-m", greedy, "-o", output, "--tiles", "--tile-size", "32", images);

    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    assertThat(predict.err().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("tiles of 32 pixels, tried again with 16"));
    assertThat(MaskFiles.read(output.resolve("a_mask.png")).foregroundCount()).isEqualTo(24 * 32);
  }

  @Test
  void saysThatTheMemoryDoesNotSufficeForSmallerTilesEither() throws Exception {
    Path greedy = RedModel.writeGreedy(folder.resolve("greedy.onnx"));

    Invocation predict =
        Invocation.of(
            "predict", "-m", greedy, "-o", output, "--tiles", "--tile-size", "64", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err())
        .contains("2 of 2 images")
        .contains("a.png: 48×32 pixels: not enough memory")
        .contains("tiles of 64 or of 32 pixels");
    assertThat(names(output)).isEmpty();
  }

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
  void reportsInTheOrderOfNamesHoweverManyAtOnce() throws Exception {
    for (int i = 10; i < 40; i++) {
      PngFiles.writeRgb(images.resolve(i + ".png"), halfRed(i, 60 - i));
    }

    Invocation predict =
        Invocation.of(
            "predict", "-m", model, "-o", output, "--images-at-once", "4", "--json", images);

    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    List<String> order =
        new ObjectMapper().readTree(predict.out()).get("predicted").findValuesAsText("image");
    assertThat(order).hasSize(32).isSorted();
    assertThat(MaskFiles.read(output.resolve("17_mask.png")).foregroundCount())
        .isEqualTo(MaskFiles.read(predictAlone("17")).foregroundCount());
  }

  private Path predictAlone(String name) {
    Path alone = folder.resolve("alone");
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", alone, images.resolve(name + ".png"));
    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    return alone.resolve(name + "_mask.png");
  }

  @Test
  void smallObjectsOfSmallImagesCount() throws Exception {
    PngFiles.writeRgb(images.resolve("small.png"), halfRed(10, 10));

    Invocation predict =
        Invocation.of(
            "predict", "-m", model, "-o", output, "--write", "overlay-jpeg", "--json", images);

    JsonNode last = new ObjectMapper().readTree(predict.out()).get("predicted").get(2);
    assertThat(last.get("objects").intValue()).isEqualTo(1);
    RgbImage overlay = ImageFiles.readRgb(output.resolve("small_overlay.jpg"));
    assertThat(List.of(overlay.width(), overlay.height())).containsExactly(10, 10);
  }

  @Test
  void scalesImagesToThePixelSizeOfTheModel() throws Exception {
    Path sized = RedModel.write(folder.resolve("sized.onnx"), 0.5);

    Invocation finer =
        Invocation.of(
            "predict",
            "-m",
            sized,
            "-o",
            output,
            "--tiles",
            "--pixel-size",
            "0.25",
            "--write",
            "mask,probability,csv",
            images);

    assertThat(finer.err()).isEmpty();
    assertThat(finer.exitCode()).isEqualTo(ExitCodes.OK);
    LabelMap mask = MaskFiles.read(output.resolve("a_mask.png"));
    assertThat(List.of(mask.width(), mask.height())).containsExactly(48, 32);
    assertThat(mask.foregroundCount()).isEqualTo(24 * 32);
    assertThat(Files.readAllLines(output.resolve("a_objects.csv")).get(0)).contains("area_um2");
    // The edge is seen at half the size and interpolated on the way back.
    assertThat(probabilityAtTheEdge(output)).isStrictlyBetween(0.1, 0.9);
    Path unscaled = folder.resolve("unscaled");
    Invocation.of(
        "predict", "-m", sized, "-o", unscaled, "--tiles", "--write", "probability", images);
    assertThat(probabilityAtTheEdge(unscaled)).isGreaterThan(0.99);
  }

  /** Of the last red column of the image that is 48 pixels wide. */
  private static double probabilityAtTheEdge(Path folder) throws Exception {
    BufferedImage image = ImageIO.read(folder.resolve("a_probability.png").toFile());
    return image.getRaster().getSample(23, 16, 0) / 65535.0;
  }

  @Test
  void warnsOfImagesThatShowLessThanTheModelWasTrainedOn() throws Exception {
    Path sized = RedModel.write(folder.resolve("sized.onnx"), 0.5);

    Invocation coarser =
        Invocation.of("predict", "-m", sized, "-o", output, "--tiles", "--pixel-size", "1", images);

    assertThat(coarser.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(coarser.err()).contains("a.png").contains("1.000 µm").contains("0.500 µm");
  }

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
  void goesOnAfterABadImageAndListsItAtTheEnd() throws Exception {
    Path bad = Files.writeString(images.resolve("0-bad.png"), "no image");

    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains("1 of 3 images").contains(bad.toString());
    assertThat(names(output)).hasSize(6);
  }

  @Test
  void refusesImagesOfMorePixelsThanTheLimit() throws Exception {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--max-pixels", "1600", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains("1 of 2 images").contains("b.png").contains("1600");
    assertThat(names(output)).hasSize(3);
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
  void goesOnAfterAnImageThatIsTooWideForTiles() throws Exception {
    PngFiles.writeRgb(images.resolve("c.png"), halfRed(2_100_000, 1));

    Invocation predict =
        Invocation.of(
            "predict", "-m", model, "-o", output, "--tiles", "--tile-size", "1024", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains("1 of 3 images").contains("c.png").contains("columns");
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
  void refusesTwoImagesThatWouldWriteTheSameFiles() throws Exception {
    Files.copy(images.resolve("a.png"), images.resolve("a.tif"));

    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err()).contains("a.png").contains("a.tif");
    assertThat(output).doesNotExist();
  }

  @Test
  void printsJson() throws Exception {
    Path bad = Files.writeString(images.resolve("bad.png"), "no image");

    Invocation predict = Invocation.of("predict", "-m", model, "-o", output, "--json", images);

    JsonNode report = new ObjectMapper().readTree(predict.out());
    assertThat(report.get("predicted")).hasSize(2);
    assertThat(report.get("predicted").get(0).get("foregroundShare").doubleValue())
        .isBetween(0.4, 0.6);
    assertThat(report.get("failed").get(0).get("image").textValue()).isEqualTo(bad.toString());
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

  @Test
  void moreThreadsThanCanBeStartedAreRefused() throws Exception {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--threads", "1025", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(predict.err()).contains("--threads: expected 0 to 1024, found 1025");
  }

  @Test
  void aThresholdOutsideOfZeroToOneIsAUsageError() {
    Invocation predict =
        Invocation.of("predict", "-m", model, "-o", output, "--threshold", "1.5", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(predict.err()).contains("--threshold").contains("1.5");
  }

  /** Red on the left, black on the right. */
  private static RgbImage halfRed(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width / 2; x++) {
        rgb[(y * width + x) * 3] = (byte) 255;
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
