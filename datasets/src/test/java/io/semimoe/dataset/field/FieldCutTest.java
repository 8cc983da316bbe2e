package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import java.awt.Rectangle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldCutTest extends CutFixture {
  @Test
  void labelledFieldsLieInRegionsAndUnlabelledOnesElsewhere() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 64, 32), outline("Gland", 8, 8, 40, 10));

    List<Field> fields = cut(settings(), image).get(0).fields();

    assertThat(places(fields, Role.LABELLED))
        .containsExactly(new Rectangle(0, 0, 32, 32), new Rectangle(32, 0, 32, 32));
    assertThat(places(fields, Role.UNLABELLED))
        .as("all others, but for the right half, which is glass")
        .containsExactly(
            new Rectangle(0, 32, 32, 32),
            new Rectangle(32, 32, 32, 32),
            new Rectangle(0, 64, 32, 32),
            new Rectangle(32, 64, 32, 32),
            new Rectangle(0, 96, 32, 32),
            new Rectangle(32, 96, 32, 32));
    for (Field field : fields) {
      assertThat(ImageFiles.readRgb(png(field, "images")))
          .isEqualTo(picture.crop(field.place().x, field.place().y, SIZE, SIZE));
    }
  }

  @Test
  void masksHoldANumberForEachGland() throws Exception {
    FieldImage image =
        image(
            "a",
            outline("Region*", 0, 0, 64, 32),
            outline("Gland", 4, 4, 10, 10),
            outline("Gland", 14, 4, 30, 10),
            outline("Gland", 70, 70, 10, 10));

    CutImage cut = cut(settings(), image).get(0);

    List<Field> fields = cut.fields();
    LabelMap left = MaskFiles.read(png(fields.get(0), "masks"));
    assertThat(left.distinctLabels()).containsExactly(1, 2);
    assertThat(left.label(13, 8)).isNotEqualTo(left.label(14, 8)).isNotZero();
    assertThat(left.foregroundCount()).isEqualTo(10 * 10 + 18 * 10);
    LabelMap right = MaskFiles.read(png(fields.get(1), "masks"));
    assertThat(right.foregroundCount()).isEqualTo(12 * 10);
    assertThat(fields.subList(0, 2)).extracting(Field::objects).containsExactly(2, 1);
    assertThat(cut.glands()).as("one of them in both fields").isEqualTo(2);
    assertThat(cut.outlinedGlands()).isEqualTo(3);
  }

  @Test
  void imagesAreScaledToThePixelsOfTheFields() throws Exception {
    Path slide = folder.resolve("slide.tif");
    TiffLayout layout =
        TiffLayout.of(SIDE, SIDE, TiffContent.RGB)
            .withPyramid()
            .withMicronsPerPixel(OptionalDouble.of(0.5));
    try (TiffWriter writer = TiffWriter.create(slide, layout)) {
      writer.append(picture);
      writer.finish();
    }
    Path outlines =
        outlines("slide", outline("Region*", 64, 64, 64, 64), outline("Gland", 80, 80, 20, 20));
    FieldImage image = new FieldImage("slide", slide, Optional.of(outlines), Role.LABELLED);

    Field field = cut(scaledTo(1), image).get(0).fields().get(0);

    assertThat(field.name()).isEqualTo("slide_x64_y64");
    assertThat(field.place()).isEqualTo(new Rectangle(64, 64, 64, 64));
    assertThat(ImageFiles.readRgb(png(field, "images")))
        .isEqualTo(RgbSource.of(picture).scaled(0.5).region(32, 32, SIZE, SIZE));
    LabelMap mask = MaskFiles.read(png(field, "masks"));
    assertThat(mask.foregroundCount()).isEqualTo(100);
    assertThat(mask.label(8, 8)).isEqualTo(1);
  }

  @Test
  void withoutASizeEachImageIsAField() throws Exception {
    FieldImage outlined = image("a", outline("Gland", 4, 4, 10, 10));
    FieldImage other = new FieldImage("b", outlined.file(), Optional.empty(), Role.LABELLED);

    List<Field> fields =
        cut(wholeImages(), outlined, other).stream().flatMap(i -> i.fields().stream()).toList();

    assertThat(fields).extracting(Field::name).containsExactly("a", "b");
    assertThat(fields).extracting(Field::role).containsExactly(Role.LABELLED, Role.UNLABELLED);
    assertThat(MaskFiles.read(png(fields.get(0), "masks")).foregroundCount()).isEqualTo(100);
  }

  @Test
  void imagesForValidationGiveNoUnlabelledFields() throws Exception {
    FieldImage labelled = image("a", outline("Region*", 0, 0, 64, 32));
    FieldImage validation =
        new FieldImage("v", labelled.file(), labelled.outlines(), Role.VALIDATION);

    List<CutImage> cut = cut(settings(), labelled, validation);

    assertThat(cut.get(0).fields()).extracting(Field::role).contains(Role.UNLABELLED);
    assertThat(cut.get(1).fields()).hasSize(2).allMatch(f -> f.role() == Role.VALIDATION);
    assertThat(target.resolve("validation/masks/v_x32_y0.png")).isRegularFile();
  }

  @Test
  void fieldsKeepOutOfWhatIsIgnored() throws Exception {
    FieldImage image =
        image("a", outline("Region*", 0, 0, 64, 32), outline("Ignore*", 28, 10, 2, 40));

    List<Field> fields = cut(settings(), image).get(0).fields();

    assertThat(places(fields, Role.LABELLED))
        .as("moved to the right, not lost")
        .containsExactly(new Rectangle(30, 0, 32, 32));
    assertThat(places(fields, Role.UNLABELLED))
        .isNotEmpty()
        .doesNotContain(new Rectangle(0, 32, 32, 32));
  }

  @Test
  void classesThatEndWithAStarAreNoGlands() throws Exception {
    FieldImage image =
        image(
            "a",
            outline("Region*", 0, 0, 32, 32),
            outline("Gland", 4, 4, 10, 10),
            outline("Necrosis*", 20, 4, 5, 5));

    assertThat(cut(settings(), image).get(0).outlinedGlands()).isEqualTo(1);
  }

  @Test
  void aFieldOfTwoRegionsIsTakenOnce() throws Exception {
    FieldImage image =
        image("a", outline("Region*", 0, 0, 32, 32), outline("Region*", 0, 0, 32, 32));

    assertThat(places(cut(settings(), image).get(0).fields(), Role.LABELLED)).hasSize(1);
  }

  @Test
  void pixelsAreEnlargedFourTimesAtMost() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));

    CutImage enlarged = cut(ofImages(1, 0.25), image).get(0);

    assertThat(enlarged.micronsPerPixel()).isEqualTo(OptionalDouble.of(1));
    assertThat(places(enlarged.fields(), Role.LABELLED))
        .hasSize(16)
        .contains(new Rectangle(8, 24, 8, 8));
    target = folder.resolve("second");
    assertThatThrownBy(() -> cut(ofImages(1, 0.2), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected pixels at most 4.0 times as large");
  }

  @Test
  void pixelsOfNearlyTheSizeAreKept() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));

    assertThat(places(cut(ofImages(1, 0.995), image).get(0).fields(), Role.LABELLED))
        .containsExactly(new Rectangle(0, 0, 32, 32));
  }

  @Test
  void theChoiceOfUnlabelledFieldsHangsOnTheSeedAndTheImageAlone() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));
    FieldImage before = new FieldImage("0", image.file(), Optional.empty(), Role.LABELLED);

    List<Rectangle> few = unlabelled(choosing(3, 1), image);

    assertThat(few).hasSize(3);
    assertThat(unlabelled(choosing(3, 1), before, image)).isEqualTo(few);
    assertThat(unlabelled(choosing(3, 2), image)).isNotEqualTo(few);
    assertThat(unlabelled(choosing(0, 1), image)).isEmpty();
  }

  @Test
  void regionsMayLeaveTheImage() throws Exception {
    FieldImage image = image("a", outline("Region*", -20, -20, 84, 52));

    assertThat(places(cut(settings(), image).get(0).fields(), Role.LABELLED))
        .containsExactly(new Rectangle(0, 0, 32, 32), new Rectangle(32, 0, 32, 32));
  }

  @Test
  void theListenerHearsOfEachImage() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));
    Heard heard = new Heard();

    List<CutImage> cut = FieldCut.write(List.of(image), settings(), target, 1, heard);

    assertThat(heard.images).isEqualTo(cut);
    assertThat(heard.completed).isEqualTo(cut);
    assertThat(target.resolve("of the listener")).exists();
  }

  @Test
  void theListTellsWhereFieldsComeFrom() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32), outline("Gland", 4, 4, 10, 10));

    cut(choosing(1, 1), image);

    List<String> lines = Files.readAllLines(target.resolve(FieldCut.LIST));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("name,role,image,x,y,width,height,glands");
    assertThat(lines.get(1)).isEqualTo("\"a_x0_y0\",labelled,\"" + image.file() + "\",0,0,32,32,1");
    assertThat(lines.get(2)).matches(".*,unlabelled,.*,32,32,");
  }

  @Test
  void unlabelledFieldsAreTheFirstWithTissueOfARandomOrder() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));
    int[] order = SeededRandom.of(1, "unlabelled fields of a").permutation(16);
    List<Rectangle> expected =
        Arrays.stream(order)
            .filter(place -> place != 0 && place % 4 < 2)
            .limit(4)
            .sorted()
            .mapToObj(place -> new Rectangle(place % 4 * SIZE, place / 4 * SIZE, SIZE, SIZE))
            .toList();

    assertThat(unlabelled(choosing(4, 1), image)).isEqualTo(expected);
  }

  @Test
  void asManyUnlabelledFieldsAreTakenAsAreAskedFor() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));

    for (int most = 1; most <= 7; most++) {
      assertThat(unlabelled(choosing(most, 2), image)).hasSize(most);
    }
  }

  @Test
  void fieldsWithJustTheTissueThatIsAskedForAreTaken() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 64, 32));

    assertThat(unlabelled(withTissue(1), image)).as("all tissue").hasSize(6);
    assertThat(unlabelled(withTissue(0), image)).as("glass, too").hasSize(14);
  }

  private static FieldSettings withTissue(double share) {
    return new FieldSettings(
        OptionalInt.of(SIZE),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Set.of(),
        "Region*",
        false,
        100,
        share,
        1);
  }

  @Test
  void theThreadsMakeNoDifference() throws Exception {
    FieldImage slide =
        slide(
            "slide", 512, 300, outline("Region*", 0, 0, 300, 200), outline("Gland", 9, 9, 90, 90));
    FieldImage image = image("a", outline("Region*", 0, 0, 64, 32), outline("Gland", 8, 8, 40, 10));
    Path first = target;

    List<CutImage> one =
        FieldCut.write(List.of(slide, image), choosing(20, 1), first, 1, new Heard());
    target = folder.resolve("second");
    List<CutImage> many =
        FieldCut.write(List.of(slide, image), choosing(20, 1), target, 7, new Heard());

    assertThat(many).isEqualTo(one);
    for (CutImage cut : many) {
      for (Field field : cut.fields()) {
        Path file = png(field, "images");
        assertThat(file).hasSameBinaryContentAs(first.resolve(target.relativize(file)));
      }
    }
    assertThat(target.resolve(FieldCut.LIST)).hasSameTextualContentAs(first.resolve(FieldCut.LIST));
  }
}
