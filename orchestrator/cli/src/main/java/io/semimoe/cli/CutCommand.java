package io.semimoe.cli;

import io.semimoe.cli.cut.CutImages;
import io.semimoe.cli.images.Glob;
import io.semimoe.cli.images.InputImages;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldCut;
import io.semimoe.dataset.field.FieldImage;
import io.semimoe.dataset.field.FieldSettings;
import io.semimoe.training.configuration.NetworkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private ImagePlaces places;

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
          "Outlined fields of images whose name, folder or path, or an end of it, matches are for"
              + " validation; may be repeated.")
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

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws DataException {
    if (NewFolder.isUsed(output)) {
      throw usage(output + " is not empty; choose another --output");
    }
    FieldSettings settings = settings();
    CutReport report = new CutReport(output, settings);
    List<FieldImage> images = images(report);
    FieldCut.write(images, settings, output, Runtime.getRuntime().availableProcessors(), report);
    if (json) {
      out().println(Json.text(report.tree()));
    } else {
      report.print(out(), err());
    }
    return ExitCodes.OK;
  }

  private FieldSettings settings() {
    if (size != null) {
      NetworkSettings.requireSize(size);
    }
    try {
      OptionalDouble scaled = PixelSizeOption.checked("--microns-per-pixel", micronsPerPixel);
      if (pixelSize.micronsPerPixel().isPresent() && scaled.isEmpty()) {
        throw usage("--pixel-size: expected --microns-per-pixel beside it, found none");
      }
      return new FieldSettings(
          size == null ? OptionalInt.empty() : OptionalInt.of(size),
          scaled,
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

  private List<FieldImage> images(CutReport report) throws DataException {
    Map<String, Path> files = InputImages.find(places.get(), output);
    try {
      return new CutImages(Optional.ofNullable(outlines), validation, test, report::warn).of(files);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }
}
