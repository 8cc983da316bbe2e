package io.semimoe.dataset.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.raster.RgbSource;
import io.semimoe.dataset.slide.TiffContent;
import io.semimoe.dataset.slide.TiffLayout;
import io.semimoe.dataset.slide.TiffWriter;
import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldCutTest {
  private static final int SIDE = 128;
  private static final int SIZE = 32;

  @TempDir Path folder;
  private Path target;
  private RgbImage picture;

  @BeforeEach
  void paint() {
    target = folder.resolve("fields");
    picture = tissue();
  }

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
            outline("Gland", 14, 4, 30, 10));

    List<Field> fields = cut(settings(), image).get(0).fields();

    LabelMap left = MaskFiles.read(png(fields.get(0), "masks"));
    assertThat(left.distinctLabels()).containsExactly(1, 2);
    assertThat(left.label(13, 8)).isNotEqualTo(left.label(14, 8)).isNotZero();
    assertThat(left.foregroundCount()).isEqualTo(10 * 10 + 18 * 10);
    LabelMap right = MaskFiles.read(png(fields.get(1), "masks"));
    assertThat(right.foregroundCount()).isEqualTo(12 * 10);
    assertThat(fields.subList(0, 2)).extracting(Field::objects).containsExactly(2, 1);
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
  void anImageOfUnknownPixelsIsRefusedWhereTheyCount() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 64, 64));

    assertThatThrownBy(() -> cut(scaledTo(1), image))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.png")
        .hasMessageContaining("--pixel-size");
    assertThat(target).doesNotExist();
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
  void aFieldOfTwoRegionsIsTakenOnce() throws Exception {
    FieldImage image =
        image("a", outline("Region*", 0, 0, 32, 32), outline("Region*", 0, 0, 32, 32));

    assertThat(places(cut(settings(), image).get(0).fields(), Role.LABELLED)).hasSize(1);
  }

  @Test
  void pixelsAreEnlargedFourTimesAtMost() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32));

    CutImage enlarged = cut(ofImages(1, 0.25), image).get(0);

    assertThat(enlarged.enlarged()).isTrue();
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
    assertThat(cut(ofClasses("Benign", "Malignant", ""), image).get(0).fields().get(0).objects())
        .isEqualTo(3);
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
  void regionsMayLeaveTheImage() throws Exception {
    FieldImage image = image("a", outline("Region*", -20, -20, 84, 52));

    assertThat(places(cut(settings(), image).get(0).fields(), Role.LABELLED))
        .containsExactly(new Rectangle(0, 0, 32, 32), new Rectangle(32, 0, 32, 32));
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
  void allOutlinesThatCannotBeReadAreNamed() throws Exception {
    FieldImage one = image("a", "x");
    FieldImage two = image("b", "y");

    assertThatThrownBy(() -> cut(settings(), one, two))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.geojson")
        .hasMessageContaining("b.geojson");
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

  /** Writes a file into the folder. */
  private static final class Heard implements FieldCut.Listener {
    private final List<CutImage> images = Collections.synchronizedList(new ArrayList<>());
    private List<CutImage> completed = List.of();

    @Override
    public void done(CutImage image) {
      images.add(image);
    }

    @Override
    public void complete(Path folder, List<CutImage> all) throws DataException {
      completed = all;
      PngFiles.writeMask(folder.resolve("of the listener"), new LabelMap(1, 1, new int[] {0}));
    }
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
  void theListTellsWhereFieldsComeFrom() throws Exception {
    FieldImage image = image("a", outline("Region*", 0, 0, 32, 32), outline("Gland", 4, 4, 10, 10));

    cut(choosing(1, 1), image);

    List<String> lines = Files.readAllLines(target.resolve(FieldCut.LIST));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("name,role,image,x,y,width,height,glands");
    assertThat(lines.get(1)).isEqualTo("\"a_x0_y0\",labelled,\"" + image.file() + "\",0,0,32,32,1");
    assertThat(lines.get(2)).matches(".*,unlabelled,.*,32,32,");
  }

  private static FieldSettings wholeImages() {
    return new FieldSettings(
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Set.of(),
        "Region*",
        false,
        1,
        1,
        1);
  }

  private FieldSettings settings() {
    return settings(OptionalDouble.empty(), Set.of(), false, 100, 1);
  }

  private FieldSettings scaledTo(double microns) {
    return settings(OptionalDouble.of(microns), Set.of(), false, 100, 1);
  }

  private static FieldSettings ofImages(double imageMicrons, double microns) {
    return new FieldSettings(
        OptionalInt.of(SIZE),
        OptionalDouble.of(microns),
        OptionalDouble.of(imageMicrons),
        Set.of(),
        "Region*",
        false,
        0,
        0.25,
        1);
  }

  private FieldSettings allOutlined() {
    return settings(OptionalDouble.empty(), Set.of(), true, 100, 1);
  }

  private FieldSettings choosing(int unlabelled, long seed) {
    return settings(OptionalDouble.empty(), Set.of(), false, unlabelled, seed);
  }

  private FieldSettings ofClasses(String... classes) {
    return settings(OptionalDouble.empty(), Set.of(classes), false, 100, 1);
  }

  private static FieldSettings settings(
      OptionalDouble microns, Set<String> classes, boolean all, int unlabelled, long seed) {
    return new FieldSettings(
        OptionalInt.of(SIZE),
        microns,
        OptionalDouble.empty(),
        classes,
        "Region*",
        all,
        unlabelled,
        0.25,
        seed);
  }

  private List<CutImage> cut(FieldSettings settings, FieldImage... images) throws Exception {
    return FieldCut.write(List.of(images), settings, target, 2, new Heard());
  }

  private List<Rectangle> unlabelled(FieldSettings settings, FieldImage... images)
      throws Exception {
    List<CutImage> cut = new ArrayList<>();
    target = folder.resolve("cut" + System.nanoTime());
    cut.addAll(cut(settings, images));
    return places(cut.get(cut.size() - 1).fields(), Role.UNLABELLED);
  }

  private static List<Rectangle> places(List<Field> fields, Role role) {
    return fields.stream().filter(f -> f.role() == role).map(Field::place).toList();
  }

  private Path png(Field field, String kind) {
    return target.resolve(field.role().text()).resolve(kind).resolve(field.name() + ".png");
  }

  private FieldImage image(String name, String... outlines) throws Exception {
    Path file = folder.resolve(name + ".png");
    PngFiles.writeRgb(file, picture);
    return new FieldImage(name, file, Optional.of(outlines(name, outlines)), Role.LABELLED);
  }

  private Path outlines(String name, String... outlines) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".geojson"),
        Stream.of(outlines).collect(Collectors.joining(",", "[", "]")));
  }

  private static String outline(String className, int x, int y, int width, int height) {
    return String.format(
        Locale.ROOT,
        "{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%1$d,%2$d],[%3$d,%2$d],[%3$d,%4$d],"
            + "[%1$d,%4$d],[%1$d,%2$d]]]},\"properties\":{\"classification\":{\"name\":%5$s}}}",
        x,
        y,
        x + width,
        y + height,
        className == null ? "\"\"" : "\"" + className + "\"");
  }

  /** Stained on the left, glass on the right, no two columns alike. */
  private static RgbImage tissue() {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int i = 3 * (y * SIDE + x);
        rgb[i] = (byte) (x < SIDE / 2 ? 200 - y / 2 : 240);
        rgb[i + 1] = (byte) (x < SIDE / 2 ? 100 + x / 2 : 240);
        rgb[i + 2] = (byte) (x < SIDE / 2 ? 150 + y / 4 : 240);
      }
    }
    return new RgbImage(SIDE, SIDE, rgb);
  }
}
