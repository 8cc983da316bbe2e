package io.semimoe.cli;

import io.semimoe.cli.cut.FieldsConfiguration;
import io.semimoe.cli.cut.OutlineSearch;
import io.semimoe.cli.predict.InputImages;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.Field;
import io.semimoe.dataset.field.FieldCut;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.field.FieldImage;
import io.semimoe.dataset.field.FieldSettings;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.slide.PixelSize;
import io.semimoe.training.configuration.NetworkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cut}: makes a data set of slides and of outlines drawn in QuPath. */
@Command(
    name = "cut",
    description = {
      "Cuts fields to train on out of slides and images, with masks of the outlines that were drawn"
          + " in QuPath (GeoJSON).",
      "Fields are labelled where all glands are outlined, in the regions that were drawn for it, and"
          + " unlabelled elsewhere. Prints how to train on them."
    })
final class CutCommand extends SemiMoeCommand {
  private static final Logger LOG = LoggerFactory.getLogger(CutCommand.class);

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description =
          "Images, folders, which stand for the images directly in them, or quoted patterns such as"
              + " 'slides/**.svs', which search below (PNG, BMP, TIFF, JPEG, SVS).")
  private List<String> places;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder of the fields; made if missing.")
  private Path output;

  @Option(
      names = "--outlines",
      paramLabel = "DIR",
      description =
          "Folder of the outlines, NAME.geojson for the image NAME.svs; by default they lie beside"
              + " the images.")
  private Path outlines;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Height and width of the fields in pixels: network.size of the training. Without it each"
              + " image is one field, at its own size.")
  private Integer size;

  @Option(
      names = "--microns-per-pixel",
      paramLabel = "MICRONS",
      description = "Scale the images to pixels of this side in µm; by default they keep theirs.")
  private Double micronsPerPixel;

  @Mixin private PixelSizeOption pixelSize;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description =
          "Class of outlines that are glands, '' for those without; may be repeated. By default those of the only class"
              + " there is, regions and classes that end with * left out.")
  private List<String> classes = List.of();

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "Region*",
      description =
          "Class of the regions in which all glands are outlined (default: ${DEFAULT-VALUE}).")
  private String region;

  @Option(
      names = "--all-outlined",
      description = "In images with outlines all glands are outlined: they need no regions.")
  private boolean allOutlined;

  @Option(
      names = "--validation",
      paramLabel = "GLOB",
      description =
          "Outlined fields of images whose name or path matches are for validation; may be"
              + " repeated.")
  private List<Glob> validation = List.of();

  @Option(names = "--test", paramLabel = "GLOB", description = "Likewise, for testing.")
  private List<Glob> test = List.of();

  @Option(
      names = "--unlabelled",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most unlabelled fields of an image (default: ${DEFAULT-VALUE}).")
  private int unlabelled;

  @Option(
      names = "--tissue",
      paramLabel = "SHARE",
      defaultValue = "0.25",
      description =
          "Least share of an unlabelled field that is stained, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double tissue;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the choice of unlabelled fields (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws DataException {
    if (NewFolder.isUsed(output)) {
      throw usage(output + " is not empty; choose another --output");
    }
    FieldSettings settings = settings();
    List<FieldImage> images = images();
    List<CutImage> cut =
        FieldCut.write(
            images,
            settings,
            output,
            Runtime.getRuntime().availableProcessors(),
            new FieldCut.Listener() {
              @Override
              public void done(CutImage image) {
                report(image);
              }

              @Override
              public void complete(Path folder, List<CutImage> done) throws DataException {
                FieldsConfiguration.write(folder, output, done, settings);
              }
            });
    print(cut);
    return ExitCodes.OK;
  }

  private FieldSettings settings() {
    if (size != null) {
      NetworkSettings.requireSize(size);
    }
    if (micronsPerPixel != null && !PixelSize.isPlausible(micronsPerPixel)) {
      throw usage(
          "--microns-per-pixel: expected what a microscope can have, %s to %s µm, found %s"
              .formatted(PixelSize.SMALLEST, PixelSize.LARGEST, micronsPerPixel));
    }
    try {
      if (pixelSize.micronsPerPixel().isPresent() && micronsPerPixel == null) {
        throw usage("--pixel-size: expected --microns-per-pixel beside it, found none");
      }
      return new FieldSettings(
          size == null ? OptionalInt.empty() : OptionalInt.of(size),
          micronsPerPixel == null ? OptionalDouble.empty() : OptionalDouble.of(micronsPerPixel),
          pixelSize.micronsPerPixel(),
          Set.copyOf(classes),
          region,
          allOutlined,
          unlabelled,
          tissue,
          seed);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private List<FieldImage> images() throws DataException {
    Map<String, Path> files = InputImages.find(places, output);
    requireMatches("--validation", validation, files.values());
    requireMatches("--test", test, files.values());
    OutlineSearch search = new OutlineSearch(Optional.ofNullable(outlines));
    List<FieldImage> images = new ArrayList<>();
    Map<String, Path> named = new HashMap<>();
    Map<Path, Path> outlinedBy = new HashMap<>();
    for (Map.Entry<String, Path> entry : files.entrySet()) {
      Path file = entry.getValue();
      Role role = role(file);
      Optional<Path> outlined = search.of(file);
      if (role != Role.LABELLED && outlined.isEmpty()) {
        throw new DataException(
            file, "expected outlines of an image for " + role.text() + ", found no .geojson");
      }
      Path other = outlined.map(found -> outlinedBy.putIfAbsent(found, file)).orElse(null);
      if (other != null) {
        throw new DataException(
            outlined.get(),
            "expected the outlines of one image, found "
                + other
                + " and "
                + file
                + " of that name;"
                + " put outlines beside their images, and leave --outlines out");
      }
      String name = entry.getKey().replace('/', '_');
      Path earlier = named.putIfAbsent(name, file);
      if (earlier != null) {
        throw new DataException(
            file, "expected a name of its own, found " + earlier + "; cut them into two folders");
      }
      images.add(new FieldImage(name, file, outlined, role));
    }
    warnAboutOutlines(search, images);
    return images;
  }

  private Role role(Path file) {
    boolean validates = validation.stream().anyMatch(glob -> glob.matches(file));
    boolean tests = test.stream().anyMatch(glob -> glob.matches(file));
    if (validates && tests) {
      throw usage(file + ": expected --validation or --test to match, found both");
    }
    return validates ? Role.VALIDATION : tests ? Role.TEST : Role.LABELLED;
  }

  private void requireMatches(String option, List<Glob> globs, Collection<Path> files) {
    for (Glob glob : globs) {
      if (files.stream().noneMatch(glob::matches)) {
        throw usage(
            option + ": expected a pattern that matches images, found none for " + glob.text());
      }
    }
  }

  private static void warnAboutOutlines(OutlineSearch search, List<FieldImage> images)
      throws DataException {
    List<Path> found = images.stream().flatMap(image -> image.outlines().stream()).toList();
    for (Path other : search.others(found)) {
      LOG.warn("{}: outlines without image; is their name that of the image?", other);
    }
    if (found.isEmpty()) {
      LOG.warn("No image has outlines: all fields are unlabelled.");
    }
  }

  private static void report(CutImage image) {
    long outlined = image.fields().stream().filter(field -> field.role().needsMask()).count();
    LOG.info(
        "{}: {} {}, {} unlabelled",
        image.image().file(),
        outlined,
        image.image().role().text(),
        image.fields().size() - outlined);
    if (image.enlarged()) {
      LOG.warn(
          "{}: enlarged, since its pixels are larger than those of the fields",
          image.image().file());
    }
    if (image.barren() > 0) {
      LOG.warn(
          "{}: {} regions have no room for a field; cut smaller ones (--size) or draw larger regions",
          image.image().outlines().orElse(image.image().file()),
          image.barren());
    }
  }

  private void print(List<CutImage> images) {
    List<Field> fields = images.stream().flatMap(image -> image.fields().stream()).toList();
    for (Role role : Role.values()) {
      List<Field> own = fields.stream().filter(field -> field.role() == role).toList();
      if (own.isEmpty()) {
        continue;
      }
      long from = own.stream().map(Field::image).distinct().count();
      out().printf("%-10s  %5d fields of %d images", role.text(), own.size(), from);
      if (role.needsMask()) {
        out().printf(", %d glands", own.stream().mapToInt(Field::objects).sum());
      }
      out().println();
    }
    if (fields.stream().noneMatch(field -> field.role() == Role.LABELLED)) {
      err().println("There is no labelled field to train on.");
      return;
    }
    List<Object> train =
        new ArrayList<>(
            List.of(
                "train",
                "--preset",
                "compact",
                "--config",
                output.resolve(FieldsConfiguration.FILE)));
    if (fields.stream().noneMatch(field -> field.role() == Role.UNLABELLED)) {
      train.addAll(List.of("--set", "supervisedOnly=true"));
    }
    train.addAll(List.of("-o", "RUN"));
    out().println("Train on them: " + Launcher.command(train.toArray()));
  }
}
