package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.DataCheck;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CutCommandTest {
  private static final int SIDE = 96;

  @TempDir Path folder;
  private Path images;
  private Path fields;

  /** Four images, of which two have outlines: a region, and a square in it that is a gland. */
  @BeforeEach
  void write() throws Exception {
    images = Files.createDirectories(folder.resolve("images of patients"));
    fields = folder.resolve("made/fields");
    for (int i = 1; i <= 4; i++) {
      PngFiles.writeRgb(images.resolve("p" + i + ".png"), tissue(i));
    }
    outlines(images.resolve("p1.geojson"));
    outlines(images.resolve("p2.png.geojson"));
  }

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
    assertThat(DataCheck.run(RunData.forTraining(configuration), 1).isUsable()).isTrue();
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient7",
        "patient?",
        "patient7/*",
        "patient7/s*.png",
        "*/patient7/*",
        "**/patient7/**",
        "**/patient7",
        "patient7/",
        "./patient7",
        "images*/patient7",
        "images*/**/patient7/*",
        "s7.png",
        "s7*"
      })
  void aPatternMeansNamesFoldersAndEndsOfPaths(String pattern) throws Exception {
    for (int patient : List.of(7, 12)) {
      Path own = Files.createDirectories(images.resolve("patient" + patient));
      PngFiles.writeRgb(own.resolve("s" + patient + ".png"), tissue(patient));
      outlines(own.resolve("s" + patient + ".geojson"));
    }

    Invocation cut =
        Invocation.of(
            "cut", "--size", 32, "--validation", pattern, "-o", fields, images + "/*/*.png");

    assertThat(cut.exitCode()).as(cut.err()).isEqualTo(ExitCodes.OK);
    try (Stream<Path> validation = Files.list(fields.resolve("validation/images"))) {
      assertThat(validation)
          .isNotEmpty()
          .allMatch(file -> file.getFileName().toString().startsWith("s7_"));
    }
    assertThat(cut.out()).contains("labelled        2 fields of 1 images");
  }

  @Test
  void aFolderAboveThatOfTheImageIsNotMeantByItsNameAlone() throws Exception {
    Invocation cut =
        Invocation.of("cut", "--size", 32, "--test", folder.getFileName(), "-o", fields, images);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(cut.err()).contains("expected a pattern that matches images");
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
  void outlinesMayLieInAFolderOfTheirOwn() throws Exception {
    Path outlines = Files.createDirectories(folder.resolve("outlines"));
    outlines(outlines.resolve("p3.geojson"));
    outlines(outlines.resolve("P4.geojson.txt"));
    outlines(outlines.resolve("p5.geojson"));

    try (LogOf log = new LogOf(CutReport.class)) {
      Invocation cut =
          Invocation.of("cut", "--all-outlined", "--outlines", outlines, "-o", fields, images);

      assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
      assertThat(cut.out()).contains("labelled        1 fields of 1 images");
      assertThat(fields.resolve("labelled/masks/p3.png")).exists();
      assertThat(log.messages(Level.WARN))
          .singleElement(STRING)
          .startsWith(outlines.resolve("p5.geojson").toString())
          .contains("outlines without image");
    }
  }

  @Test
  void itWarnsOfFilesThatMayBeOutlines() throws Exception {
    outlines(images.resolve("p1.json"));
    outlines(images.resolve("p3.json"));
    assertThat(cut("--test p3*").err())
        .contains("found no .geojson, but " + images.resolve("p3.json"));
    try (LogOf log = new LogOf(CutReport.class)) {
      assertThat(cut("--all-outlined").exitCode()).isEqualTo(ExitCodes.OK);

      assertThat(log.messages(Level.WARN))
          .singleElement(STRING)
          .isEqualTo(
              images.resolve("p3.json")
                  + ": is not read; if it holds outlines, they have to be uncompressed and named"
                  + " .geojson");
    }
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
  void itWarnsOfPixelsOfSeveralSizes() throws Exception {
    for (double microns : new double[] {0.25, 0.5}) {
      TiffLayout layout =
          TiffLayout.of(SIDE, SIDE, TiffContent.RGB)
              .withMicronsPerPixel(OptionalDouble.of(microns));
      try (TiffWriter writer = TiffWriter.create(images.resolve(microns + ".tif"), layout)) {
        writer.append(tissue(1));
        writer.finish();
      }
    }
    try (LogOf log = new LogOf(CutReport.class)) {
      cut("--size 32");

      assertThat(log.messages(Level.WARN))
          .singleElement(STRING)
          .startsWith("The images have pixels of 0.25 to 0.5 µm");
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
  void imagesOfOneNameInTwoFoldersAreToldApart() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(images.resolve("p1.png"), other.resolve("p1.png"));

    Invocation cut = Invocation.of("cut", "--all-outlined", "-o", fields, images, other);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(fields.resolve("labelled/images/images of patients_p1.png")).exists();
    assertThat(fields.resolve("unlabelled/images/other_p1.png")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --size 40                                   | size: expected a multiple of 16
          --microns-per-pixel 0                       | --microns-per-pixel: expected what a microscope can have
          --microns-per-pixel 1 --pixel-size -1       | --pixel-size: expected what a microscope can have
          --pixel-size 0.5                            | --pixel-size: expected --microns-per-pixel beside it
          --class Region*                             | class: expected others than that of regions
          --tissue 1.5                                | tissue: expected a share of 0 to 1, found 1.5
          --unlabelled -1                             | unlabelled: expected 0 or more, found -1
          --validation x*                             | --validation: expected a pattern that matches images, found none for x*
          --test x*                                   | --test: expected a pattern that matches images, found none for x*
          --test [                                    | expected a pattern, found '['
          --test p1.png --validation p*               | expected --validation or --test to match, found both
          """)
  void wrongOptionsAreUsageErrors(String options, String message) {
    Invocation cut = cut(options);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(cut.err()).contains(message);
    assertThat(fields).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --size 32 --region Field      | found no outline of class 'Field'
          --class Tumour                | expected outlines of class 'Tumour', found 2 of class Gland, 2 of class Region*
          --microns-per-pixel 1         | expected an image that says how large its pixels are
          --test p3*                    | expected outlines of an image for test, found no .geojson
          --outlines nowhere            | expected the folder of the outlines (--outlines)
          """)
  void dataThatCannotBeUsedAreDataErrors(String options, String message) {
    Invocation cut = cut(options);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(cut.err()).contains(message);
    assertThat(fields).doesNotExist();
  }

  @Test
  void outlinesAreThoseOfOneImage() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.copy(images.resolve("p1.png"), other.resolve("p1.png"));

    Invocation cut =
        Invocation.of("cut", "--all-outlined", "--outlines", images, "-o", fields, images, other);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(cut.err())
        .contains(images.resolve("p1.geojson") + ": expected the outlines of one image");
    assertThat(fields).doesNotExist();
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

  @Test
  void pathsMayBeGivenInAnyForm() {
    Invocation cut =
        Invocation.of(
            "cut",
            "--size",
            32,
            "--test",
            images + "/p1*",
            "-o",
            fields,
            images + "/../" + images.getFileName());

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(cut.out()).contains("test            2 fields of 1 images");
  }

  @Test
  void twoFilesOfOutlinesAreADataError() throws Exception {
    outlines(images.resolve("p2.geojson"));

    Invocation cut = Invocation.of("cut", "-o", fields, images);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(cut.err()).contains("expected one file of outlines");
  }

  @Test
  void aFolderInUseIsAUsageError() throws Exception {
    Path mine = Files.writeString(Files.createDirectories(fields).resolve("mine"), "text");

    Invocation cut = Invocation.of("cut", "-o", fields, images);

    assertThat(cut.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(cut.err()).contains(fields + " is not empty");
    assertThat(mine).hasContent("text");
  }

  private Invocation cut(String options) {
    List<Object> arguments = new ArrayList<>(List.of("cut", "-o", fields));
    arguments.addAll(List.of(options.split(" +")));
    arguments.add(images);
    return Invocation.of(arguments.toArray());
  }

  private static RgbImage tissue(int seed) {
    return SyntheticGlands.generate(new SyntheticImageSettings(SIDE, SIDE, seed), 0).image();
  }

  private static void outlines(Path file) throws Exception {
    Files.writeString(
        file,
        """
        [{"geometry": {"type": "Polygon", "coordinates": [[[0,0],[64,0],[64,32],[0,32],[0,0]]]},
          "properties": {"classification": {"name": "Region*"}}},
         {"geometry": {"type": "Polygon", "coordinates": [[[10,8],[50,8],[50,20],[10,20],[10,8]]]},
          "properties": {"classification": {"name": "Gland"}}}]
        """);
  }
}
