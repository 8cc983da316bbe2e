package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.image.TestImages;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.outline.OutlineFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What cannot be cut. */
class FieldCutInputTest extends CutFixture {
  @Test
  void anImageOfUnknownPixelsIsRefusedWhereTheyCount() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 64, 64));

    assertThatThrownBy(() -> cut(scaledTo(1), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.png")
        .hasMessageContaining("--pixel-size");
    assertThat(target).doesNotExist();
    assertThat(target.resolveSibling(".fields.unfinished")).doesNotExist();
  }

  @Test
  void regionsAndWhatIsIgnoredNeedASize() throws Exception {
    FieldImage region = image("a", outline("Region*", 0, 0, 64, 32));
    FieldImage ignored = image("b", outline("Ignore*", 0, 0, 64, 32));

    for (FieldImage image : List.of(region, ignored)) {
      assertThatThrownBy(() -> cut(wholeImages(), image))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(image.outlines().orElseThrow().toString())
          .hasMessageContaining("expected no outlines of class 'Region*' or 'Ignore*'");
    }
  }

  @Test
  void allOutlinedImagesNeedNoRegions() throws Exception {
    FieldImage image = image("a", outline("Gland", 4, 4, 10, 10));

    assertThatThrownBy(() -> cut(settings(), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found no outline of class 'Region*'");
    assertThat(cut(allOutlined(), image).get(0).fields())
        .hasSize(16)
        .allMatch(field -> field.role() == Role.LABELLED);
  }

  @Test
  void glandsAreOfOneClassOrOfThoseThatAreNamed() throws Exception {
    FieldImage image =
        image(
            "a",
            outline("Region*", 0, 0, 64, 32),
            outline("Benign", 4, 4, 4, 4),
            outline("Malignant", 10, 4, 4, 4),
            outline("Stroma", 20, 4, 4, 4),
            outline(null, 4, 20, 4, 4));

    assertThatThrownBy(() -> cut(settings(), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "found 1 without class, 1 of class Benign, 1 of class Malignant, 1 of class Stroma");
    assertThatThrownBy(() -> cut(ofClasses("Gland"), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected outlines of class 'Gland', found 1 without class, 1 of");
    Heard heard = new Heard();
    List<CutImage> cut =
        FieldCut.write(List.of(image), ofClasses("Benign", "Malignant", ""), target, 1, heard);
    assertThat(cut.get(0).fields().get(0).objects()).isEqualTo(3);
    assertThat(heard.unused).containsExactly("1 of class Stroma");
  }

  @Test
  void anOutlinedJpegThatACameraHasTurnedIsRefused() throws Exception {
    FieldImage png = image("a", outline("Region*", 0, 0, 64, 32), outline("Gland", 4, 4, 4, 4));
    Path jpeg = folder.resolve("a.jpg");
    ImageIO.write(ImageIO.read(png.file().toFile()), "jpeg", jpeg.toFile());
    FieldImage upright = new FieldImage("a", jpeg, png.outlines(), Role.LABELLED);
    assertThat(cut(settings(), upright).get(0).glands()).isEqualTo(1);

    Files.write(jpeg, TestImages.withExif(Files.readAllBytes(jpeg), 3));
    assertThatThrownBy(
            () -> FieldPlan.of(upright, OutlineFile.read(png.outlines().get()), settings()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(jpeg.toString())
        .hasMessageContaining("save it upright");
  }

  @Test
  void outlinesOfAnotherImageAreRefused() throws Exception {
    FieldImage image =
        image("a", outline("Region*", 0, 0, 64, 32), outline("Gland", 4000, 4000, 10, 10));

    assertThatThrownBy(() -> cut(settings(), image))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(image.outlines().orElseThrow().toString())
        .hasMessageContaining("found 1 of 1 glands outside of it");
  }

  @Test
  void anImageThatIsTooLargeForOneFieldIsRefused() throws Exception {
    Path file = folder.resolve("large.bmp");
    ByteBuffer header = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'B').put((byte) 'M').putInt(54).putInt(0).putInt(54);
    header.putInt(40).putInt(8192).putInt(8193).putShort((short) 1).putShort((short) 24);
    Files.write(file, header.array());
    FieldImage image = new FieldImage("large", file, Optional.empty(), Role.LABELLED);

    assertThatThrownBy(() -> cut(wholeImages(), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "at most 64 megapixels of an image that is one field, found 8192×8193");
  }

  @Test
  void aTakenFolderIsToldFirst() throws Exception {
    Files.writeString(Files.createDirectories(target).resolve("mine"), "text");
    FieldImage image = image("a");
    Files.writeString(image.file(), "no image");

    assertThatThrownBy(() -> cut(settings(), image))
        .hasMessageContaining("expected an empty folder or none");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsToldFirst() throws Exception {
    FieldImage image = image("a");
    target = Files.writeString(image.file(), "no image").resolve("fields");

    assertThatThrownBy(() -> cut(settings(), image))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(target + ": cannot be written: ");
  }

  @Test
  void allOutlinesThatCannotBeReadAreNamed() throws Exception {
    FieldImage one = image("a", "x");
    FieldImage two = image("b", "y");

    assertThatThrownBy(() -> cut(settings(), one, two))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.geojson")
        .hasMessageContaining("b.geojson");
  }

  @Test
  void allThatIsWrongIsToldBeforeAnythingIsCut() throws Exception {
    FieldImage good = image("a", outline("Region*", 0, 0, 64, 32));
    FieldImage bad = image("b");
    Files.writeString(bad.file(), "no image");
    FieldImage worse = image("c");
    Files.writeString(worse.file(), "no image");

    assertThatThrownBy(() -> cut(settings(), good, bad, worse))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b.png")
        .hasMessageContaining("c.png");
    assertThat(target).doesNotExist();
  }

  @Test
  void regionsWithoutRoomAreCountedAndNoFieldAtAllIsAnError() throws Exception {
    FieldImage image =
        image(
            "a",
            outline("Region*", 0, 0, 32, 32),
            outline("Region*", 64, 64, 20, 20),
            outline("Region*", 0, 64, 64, 20));
    FieldImage small = image("b", outline("Region*", 0, 0, 20, 20));

    assertThat(cut(settings(), image).get(0).barren()).isEqualTo(2);
    target = folder.resolve("second");
    assertThatThrownBy(() -> cut(choosing(0, 1), small))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected images with room for a field");
    assertThat(target).doesNotExist();
  }

  @Test
  void regionsAreNoGlands() {
    assertThatThrownBy(() -> ofClasses("Gland", "Region*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 'Region*' for both");
  }

  @Test
  void allImagesThatAreCutShortAreNamedAndNothingIsWritten() throws Exception {
    FieldImage whole = image("a", outline("Region*", 0, 0, 32, 32));
    List<FieldImage> images = new ArrayList<>(List.of(whole));
    byte[] bytes = Files.readAllBytes(whole.file());
    for (String name : List.of("b", "c")) {
      Path damaged =
          Files.write(folder.resolve(name + ".png"), Arrays.copyOf(bytes, bytes.length / 2));
      images.add(new FieldImage(name, damaged, Optional.empty(), Role.LABELLED));
    }
    Heard heard = new Heard();

    assertThatThrownBy(() -> FieldCut.write(images, settings(), target, 1, heard))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            folder.resolve("b.png").toString(), folder.resolve("c.png").toString())
        .hasMessageNotContaining("fields");

    assertThat(heard.images).extracting(CutImage::image).containsExactly(whole);
    assertThat(heard.completed).isEmpty();
    assertThat(target).doesNotExist();
    assertThat(target.resolveSibling(".fields.unfinished")).doesNotExist();
  }

  @Test
  void damageIsToldWithItsPlaceForEachSlide() throws Exception {
    String[] outlines = {outline("Region*", 224, 0, 96, 64), outline("Gland", 260, 4, 9, 9)};
    FieldImage one = slide("one", 512, 512, outlines);
    FieldImage two = slide("two", 512, 512, outlines);
    FieldImage whole = slide("whole", 512, 512, outlines);
    damageTile(one.file(), 1);
    damageTile(two.file(), 0);
    damageTile(whole.file(), 3);
    Heard heard = new Heard();

    assertThatThrownBy(
            () -> FieldCut.write(List.of(one, two, whole), choosing(0, 1), target, 2, heard))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "(?s).*one.tif: .*found in 4 fields of 32×32 pixels at \\(256, 0\\), \\(288, 0\\), \\(256, 32\\), \\(288, 32\\); .*Ignore.*"
                + "two.tif: .*found in 2 fields of 32×32 pixels at \\(224, 0\\), \\(224, 32\\); .*Ignore.*")
        .hasMessageNotContaining("whole.tif");

    assertThat(heard.images)
        .as("damage where no field is")
        .extracting(CutImage::image)
        .containsExactly(whole);
    assertThat(target).doesNotExist();
  }

  @Test
  void damageOfAllFieldsIsToldAtOnce() throws Exception {
    FieldImage slide = slide("slide", 512, 256, outline("Region*", 224, 0, 32, 32));
    damageTile(slide.file(), 0);

    assertThatThrownBy(() -> cut(choosing(1000, 1), slide))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            ".*found in 64 fields of 32×32 pixels at \\(224, 0\\), \\(0, 0\\), \\(32, 0\\), .*\\)"
                + " and 44 more; .*");
  }

  @Test
  void damageInUnlabelledFieldsIsToldToo() throws Exception {
    FieldImage outlined = slide("slide", 512, 256);
    damageTile(outlined.file(), 0);
    FieldImage slide = new FieldImage("slide", outlined.file(), Optional.empty(), Role.LABELLED);

    assertThatThrownBy(() -> cut(settings(), slide))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(".*slide.tif: .*found in [0-9]+ fields.* leave the image out")
        .hasMessageNotContaining("Ignore");
  }

  @Test
  void damageOfAnImageThatIsOneFieldHasNoPlace() throws Exception {
    FieldImage slide = slide("slide", 512, 256);
    damageTile(slide.file(), 1);

    assertThatThrownBy(() -> cut(wholeImages(), slide))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(slide.file() + ": expected a whole image")
        .hasMessageNotContaining("fields");
  }
}
