package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import io.semimoe.dataset.image.PngFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images and outlines {@code cut} takes, and for what; and what it refuses. */
class CutInputTest extends CutCommandFixture {
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
}
