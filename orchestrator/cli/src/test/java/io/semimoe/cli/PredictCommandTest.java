package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What {@code predict} writes and reports. */
class PredictCommandTest extends PredictionPlaces {
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
  void goesOnAfterAnImageThatIsTooWideForTiles() throws Exception {
    PngFiles.writeRgb(images.resolve("c.png"), halfRed(2_100_000, 1));

    Invocation predict =
        Invocation.of(
            "predict", "-m", model, "-o", output, "--tiles", "--tile-size", "1024", images);

    assertThat(predict.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(predict.err())
        .contains("1 of 3 images", "c.png")
        .contains(
            "expected at most 2097151 columns with tiles of 1024 pixels, found 2100000; turn the"
                + " image");
    assertThat(names(output)).hasSize(6);
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
}
