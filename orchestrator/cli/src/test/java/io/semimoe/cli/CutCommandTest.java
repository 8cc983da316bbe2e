package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What {@code cut} writes and tells. */
class CutCommandTest extends CutCommandFixture {
  @Test
  void whatItWritesCanBeTrainedOn() throws Exception {
    Invocation cut =
        Invocation.of(
            "cut",
            "--size",
            32,
            "--microns-per-pixel",
            0.5,
            "--pixel-size",
            0.5,
            "--validation",
            "p2*",
            "-o",
            fields,
            images);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(cut.out().lines())
        .containsExactly(
            "labelled        2 fields of 1 images, 1 of 1 glands",
            "unlabelled     25 fields of 3 images",
            "validation      2 fields of 1 images, 1 of 1 glands",
            "Train on them: semi-moe train --preset compact --config "
                + fields.resolve("data.yaml")
                + " -o RUN");
    TrainingConfiguration configuration =
        ConfigurationLoader.load(
            Optional.empty(), Optional.of(fields.resolve("data.yaml")), List.of());
    assertThat(configuration.network().size()).isEqualTo(32);
    assertThat(configuration.data().micronsPerPixel()).isEqualTo(OptionalDouble.of(0.5));
    assertThat(RunData.check(configuration, RunData.forTraining(configuration)).isUsable())
        .isTrue();
    assertThat(Invocation.of("check-data", "--config", fields.resolve("data.yaml")).exitCode())
        .isEqualTo(ExitCodes.OK);
    LabelMap mask = MaskFiles.read(fields.resolve("labelled/masks/p1_x0_y0.png"));
    assertThat(mask.foregroundCount()).isEqualTo(22 * 12);
  }

  @Test
  void programsReadItAsJson() throws Exception {
    Invocation cut =
        Invocation.of("cut", "--json", "--size", 48, "--unlabelled", 2, "-o", fields, images);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
    JsonNode printed = new ObjectMapper().readTree(cut.out());
    assertThat(printed.get("output").asText()).isEqualTo(fields.toString());
    assertThat(Path.of(printed.get("configuration").asText())).exists();
    assertThat(printed.get("roles").toString())
        .isEqualTo(
            """
            [{"role":"labelled","fields":0,"images":0,"glands":0,"outlinedGlands":2},\
            {"role":"unlabelled","fields":8,"images":4},\
            {"role":"validation","fields":0,"images":0,"glands":0,"outlinedGlands":0},\
            {"role":"test","fields":0,"images":0,"glands":0,"outlinedGlands":0}]""");
    assertThat(printed.get("images")).hasSize(4);
    JsonNode first = printed.get("images").get(0);
    assertThat(first.get("image").asText()).isEqualTo(images.resolve("p1.png").toString());
    assertThat(first.get("outlines").asText()).isEqualTo(images.resolve("p1.geojson").toString());
    assertThat(first.get("fields").asInt()).isEqualTo(2);
    assertThat(first.get("glands").asInt()).isZero();
    assertThat(first.get("outlinedGlands").asInt()).isEqualTo(1);
    assertThat(first.get("regionsWithoutField").asInt()).isEqualTo(1);
    assertThat(first.has("micronsPerPixel")).isFalse();
  }

  @Test
  void programsReadTheWarningsInTheOrderOfTheImages() throws Exception {
    outlines(images.resolve("p3.json"));

    JsonNode printed =
        new ObjectMapper()
            .readTree(
                cut("--json --size 48 --pixel-size 0.6 --microns-per-pixel 0.6 --unlabelled 1")
                    .out());

    assertThat(printed.get("warnings"))
        .extracting(JsonNode::asText)
        .satisfiesExactly(
            warning -> assertThat(warning).startsWith(images.resolve("p3.json") + ": is not read"),
            warning ->
                assertThat(warning).startsWith(images.resolve("p1.geojson") + ": 1 regions have"),
            warning ->
                assertThat(warning)
                    .startsWith(images.resolve("p2.png.geojson") + ": 1 regions have"));
    assertThat(
            new ObjectMapper()
                .readTree(
                    Invocation.of("cut", "--json", "--all-outlined", "-o", folder + "/b", images)
                        .out())
                .get("warnings"))
        .extracting(JsonNode::asText)
        .singleElement(STRING)
        .contains("p3.json");
  }

  @Test
  void wholeImagesKeepTheirSize() throws Exception {
    Invocation cut = Invocation.of("cut", "--all-outlined", "-o", fields, images);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(cut.out())
        .contains("labelled        2 fields of 2 images, 2 of 2 glands")
        .contains("unlabelled      2 fields of 2 images");
    assertThat(MaskFiles.read(fields.resolve("labelled/masks/p2.png")).width()).isEqualTo(SIDE);
    assertThat(fields.resolve("data.yaml")).content().doesNotContain("size", "micronsPerPixel");
  }

  @Test
  void itTellsWhatEachImageGave() throws Exception {
    try (LogOf log = new LogOf(CutReport.class)) {
      Invocation.of("cut", "--size", 48, "--unlabelled", 2, "-o", fields, images);

      assertThat(log.messages(Level.INFO))
          .contains(
              images.resolve("p1.png") + ": 0 labelled, 2 unlabelled",
              images.resolve("p3.png") + ": 0 labelled, 2 unlabelled");
      assertThat(log.messages(Level.WARN))
          .contains(
              images.resolve("p1.geojson")
                  + ": 1 regions have no room for a field; cut smaller ones (--size) or draw larger"
                  + " regions");
    }
  }

  @Test
  void itWarnsOfPixelsThatAreEnlarged() {
    try (LogOf log = new LogOf(CutReport.class)) {
      cut("--size 32 --pixel-size 0.6 --microns-per-pixel 0.5 --unlabelled 0");

      assertThat(log.messages(Level.WARN))
          .contains(
              images.resolve("p1.png")
                  + ": enlarged, since its pixels are larger than those of the fields");
    }
  }

  @Test
  void itDoesNotWarnOfPixelsThatAreEnlargedByLessThanATenth() {
    try (LogOf log = new LogOf(CutReport.class)) {
      cut("--size 32 --pixel-size 0.54 --microns-per-pixel 0.5 --unlabelled 0");

      assertThat(log.messages(Level.WARN)).isEmpty();
    }
  }

  @Test
  void itWarnsOfPixelsOfSeveralSizes() throws Exception {
    slidesOf(0.25, 0.5);
    try (LogOf log = new LogOf(CutReport.class)) {
      cut("--size 32");

      assertThat(log.messages(Level.WARN))
          .singleElement(STRING)
          .startsWith("The images have pixels of 0.25 to 0.5 µm");
    }
  }

  @Test
  void itDoesNotWarnOfPixelsThatDifferByLessThanATenth() throws Exception {
    slidesOf(0.5, 0.54);
    try (LogOf log = new LogOf(CutReport.class)) {
      cut("--size 32");

      assertThat(log.messages(Level.WARN)).isEmpty();
    }
  }

  private void slidesOf(double... microns) throws Exception {
    for (double side : microns) {
      TiffLayout layout =
          TiffLayout.of(SIDE, SIDE, TiffContent.RGB).withMicronsPerPixel(OptionalDouble.of(side));
      try (TiffWriter writer = TiffWriter.create(images.resolve(side + ".tif"), layout)) {
        writer.append(tissue(1));
        writer.finish();
      }
    }
  }

  @Test
  void itWarnsWhereNothingIsOutlined() throws Exception {
    try (LogOf log = new LogOf(CutReport.class)) {
      Invocation cut = Invocation.of("cut", "-o", fields, images.resolve("p3.png"));

      assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
      assertThat(log.messages(Level.WARN))
          .containsExactly("No image has outlines: all fields are unlabelled.");
    }
  }

  @Test
  void withoutUnlabelledFieldsItPrintsSupervisedTraining() {
    Invocation cut = Invocation.of("cut", "--size", 32, "--unlabelled", 0, "-o", fields, images);

    assertThat(cut.out())
        .contains("--set supervisedOnly=true -o RUN")
        .doesNotContain("unlabelled  ");
  }

  @Test
  void withoutLabelledFieldsItPrintsNoTraining() {
    Invocation cut = Invocation.of("cut", "-o", fields, images.resolve("p3.png"));

    assertThat(cut.out()).doesNotContain("train");
    assertThat(cut.err()).contains("There is no labelled field to train on.");
  }
}
