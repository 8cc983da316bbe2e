package io.semimoe.dataset.field;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
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
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A picture of 128 x 128 pixels, tissue and glass, to cut fields of 32 x 32 from. */
abstract class CutFixture {
  static final int SIDE = 128;
  static final int SIZE = 32;

  private static final int TILE_OFFSETS = 324;

  @TempDir Path folder;
  Path target;
  RgbImage picture;

  @BeforeEach
  void paint() {
    target = folder.resolve("fields");
    picture = tissue();
  }

  /** Writes a file into the folder. */
  static final class Heard implements FieldCut.Listener {
    final List<CutImage> images = Collections.synchronizedList(new ArrayList<>());
    final List<String> unused = new ArrayList<>();
    List<CutImage> completed = List.of();

    @Override
    public void unused(String classes) {
      unused.add(classes);
    }

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

  static FieldSettings wholeImages() {
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

  final FieldSettings settings() {
    return settings(OptionalDouble.empty(), Set.of(), false, 100, 1);
  }

  final FieldSettings scaledTo(double microns) {
    return settings(OptionalDouble.of(microns), Set.of(), false, 100, 1);
  }

  static FieldSettings ofImages(double imageMicrons, double microns) {
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

  final FieldSettings allOutlined() {
    return settings(OptionalDouble.empty(), Set.of(), true, 100, 1);
  }

  final FieldSettings choosing(int unlabelled, long seed) {
    return settings(OptionalDouble.empty(), Set.of(), false, unlabelled, seed);
  }

  final FieldSettings ofClasses(String... classes) {
    return settings(OptionalDouble.empty(), Set.of(classes), false, 100, 1);
  }

  static FieldSettings settings(
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

  final List<CutImage> cut(FieldSettings settings, FieldImage... images) throws Exception {
    return FieldCut.write(List.of(images), settings, target, 2, new Heard());
  }

  final List<Rectangle> unlabelled(FieldSettings settings, FieldImage... images) throws Exception {
    List<CutImage> cut = new ArrayList<>();
    target = folder.resolve("cut" + System.nanoTime());
    cut.addAll(cut(settings, images));
    return places(cut.get(cut.size() - 1).fields(), Role.UNLABELLED);
  }

  static List<Rectangle> places(List<Field> fields, Role role) {
    return fields.stream().filter(f -> f.role() == role).map(Field::place).toList();
  }

  final Path png(Field field, String kind) {
    return target.resolve(field.role().text()).resolve(kind).resolve(field.name() + ".png");
  }

  final FieldImage image(String name, String... outlines) throws Exception {
    Path file = folder.resolve(name + ".png");
    PngFiles.writeRgb(file, picture);
    return new FieldImage(name, file, Optional.of(outlines(name, outlines)), Role.LABELLED);
  }

  /** Writes a TIFF of noise, which counts as tissue, in tiles of 256 x 256. */
  final FieldImage slide(String name, int width, int height, String... outlines) throws Exception {
    Path file = folder.resolve(name + ".tif");
    byte[] noise = new byte[width * height * 3];
    new Random(1).nextBytes(noise);
    try (TiffWriter writer =
        TiffWriter.create(file, TiffLayout.of(width, height, TiffContent.RGB))) {
      writer.append(new RgbImage(width, height, noise));
      writer.finish();
    }
    return new FieldImage(name, file, Optional.of(outlines(name, outlines)), Role.LABELLED);
  }

  /** Damages a tile of such a file, by its number in reading order. */
  static void damageTile(Path file, int number) throws Exception {
    ByteBuffer tiff = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int directory = tiff.getInt(4);
    for (int i = 0; i < tiff.getShort(directory); i++) {
      int field = directory + 2 + 12 * i;
      if (tiff.getShort(field) == TILE_OFFSETS) {
        tiff.putInt(tiff.getInt(tiff.getInt(field + 8) + 4 * number), -1);
      }
    }
    Files.write(file, tiff.array());
  }

  final Path outlines(String name, String... outlines) throws Exception {
    return Files.writeString(
        folder.resolve(name + ".geojson"),
        Stream.of(outlines).collect(Collectors.joining(",", "[", "]")));
  }

  static String outline(String className, int x, int y, int width, int height) {
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
  static RgbImage tissue() {
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
