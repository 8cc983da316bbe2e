package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.slide.SlideFile;
import io.semimoe.inference.ModelException;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.SegmentationException;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.inference.object.SegmentedObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict}: segments images with an exported model. */
@Command(
    name = "predict",
    description = {
      "Segments images with an exported model.",
      "Writes NAME_mask.png (0/255), NAME_probability.png (16 bit) and NAME_overlay.png, each at"
          + " the image's own size, or what --write says. An image that cannot be used is reported"
          + " at the end, and the others are still predicted."
    })
final class PredictCommand extends SemiMoeCommand {
  /** Larger images in tiled files are read, segmented and written piece by piece. */
  private static final long MOST_PIXELS_IN_MEMORY = 64L << 20;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "Images, or folders of images (PNG, BMP, TIFF, JPEG, SVS).")
  private List<Path> places;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "MODEL",
      description = "An exported model (.onnx), or the run folder that holds export/model.onnx.")
  private Path model;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder to write into; made if missing.")
  private Path output;

  @Option(
      names = "--threshold",
      description = "Foreground is where the probability is above this; by default the model's.")
  private Double threshold;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Processor threads, 0 for one per core (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--write",
      split = ",",
      paramLabel = "FILES",
      defaultValue = "mask,probability,overlay",
      description =
          "What to write, separated by commas: mask, probability, overlay, labels (16 bit, number"
              + " of the object), geojson (outlines for QuPath), csv (table of objects); default:"
              + " ${DEFAULT-VALUE}.")
  private Set<Prediction> write;

  @ArgGroup(exclusive = false)
  private TilesOption tiles = new TilesOption();

  @Mixin private ObjectsOption objects;

  @Option(names = "--overwrite", description = "Replace files that exist.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private record Predicted(
      String image, Map<String, String> files, int objects, double foregroundShare) {}

  private record Failed(String image, String reason) {}

  @Override
  public Integer call() throws DataException, ModelException {
    Map<String, Path> images = InputImages.find(places);
    SegmenterOptions options = options();
    ObjectOptions wanted = objectOptions();
    prepareOutput(images);
    List<Predicted> predicted = new ArrayList<>();
    List<Failed> failed = new ArrayList<>();
    try (Segmenter segmenter = Segmenter.open(ModelFile.in(model), options)) {
      for (Map.Entry<String, Path> image : images.entrySet()) {
        try {
          Predicted result = predict(segmenter, wanted, image.getKey(), image.getValue());
          predicted.add(result);
          print(result);
        } catch (DataException | SegmentationException e) {
          failed.add(new Failed(image.getValue().toString(), e.getMessage()));
        }
      }
    }
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("predicted", predicted);
      report.put("failed", failed);
      out().println(Json.text(report));
    }
    return summarize(images.size(), failed);
  }

  private SegmenterOptions options() {
    if (threads < 0) {
      throw usage("--threads: expected 0 or more, found " + threads);
    }
    if (threshold != null && !(threshold > 0 && threshold < 1)) {
      throw usage("--threshold: expected a number between 0 and 1, found " + threshold);
    }
    SegmenterOptions.Builder options = SegmenterOptions.builder().threads(threads);
    if (threshold != null) {
      options.threshold(threshold);
    }
    try {
      tiles.addTo(options);
      return options.build();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private ObjectOptions objectOptions() {
    try {
      return objects.options();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private void prepareOutput(Map<String, Path> images) {
    if (!overwrite) {
      for (String name : images.keySet()) {
        for (Prediction prediction : write) {
          refuse(prediction.file(output, name));
          refuse(prediction.streamedFile(output, name));
        }
      }
    }
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw usage("--output: expected a folder that can be made and written, found " + e);
    }
  }

  private void refuse(Path file) {
    if (Files.exists(file)) {
      throw usage(
          file + " exists already; choose another --output, or replace it with --overwrite");
    }
  }

  private Predicted predict(Segmenter segmenter, ObjectOptions wanted, String name, Path file)
      throws DataException {
    try (SlideFile slide = SlideFile.open(file)) {
      long pixels = (long) slide.width() * slide.height();
      boolean streamed =
          slide.readsInPlace() && tiles.areAskedFor() && pixels > MOST_PIXELS_IN_MEMORY;
      return streamed
          ? streamed(slide, segmenter, wanted, name)
          : whole(slide, segmenter, wanted, name);
    }
  }

  private Predicted whole(SlideFile slide, Segmenter segmenter, ObjectOptions wanted, String name)
      throws DataException {
    RgbImage image = ImageFiles.readRgb(slide.path());
    Segmentation segmentation = segmenter.segment(image);
    SegmentedObjects found = segmentation.objects(wanted);
    WholePrediction result =
        new WholePrediction(
            image,
            segmentation,
            found,
            segmenter.description().foregroundClass(),
            slide.micronsPerPixel());
    Map<String, String> files = new LinkedHashMap<>();
    for (Prediction prediction : write) {
      Path to = prediction.file(output, name);
      result.write(prediction, to);
      files.put(prediction.text(), to.toString());
    }
    return new Predicted(
        slide.path().toString(),
        files,
        found.objects().size(),
        foregroundShare(segmentation.mask()));
  }

  private Predicted streamed(
      SlideFile slide, Segmenter segmenter, ObjectOptions wanted, String name)
      throws DataException {
    Map<Prediction, Path> targets = new EnumMap<>(Prediction.class);
    Map<String, String> files = new LinkedHashMap<>();
    for (Prediction prediction : write) {
      if (prediction.isStreamed()) {
        Path to = prediction.streamedFile(output, name);
        targets.put(prediction, to);
        files.put(prediction.text(), to.toString());
      } else {
        err()
            .printf(
                "semi-moe: %s: no %s of an image of more than %d million pixels%n",
                slide.path(), prediction.text(), MOST_PIXELS_IN_MEMORY >> 20);
      }
    }
    StreamedPrediction.Found found = StreamedPrediction.write(slide, segmenter, wanted, targets);
    double pixels = (double) slide.width() * slide.height();
    return new Predicted(
        slide.path().toString(), files, found.objects(), found.foreground() / pixels);
  }

  private void print(Predicted result) {
    if (!json) {
      out()
          .printf(
              "%s  foreground %.1f %%, objects %d%n",
              result.image(), 100 * result.foregroundShare(), result.objects());
      out().flush();
    }
  }

  private int summarize(int images, List<Failed> failed) {
    if (failed.isEmpty()) {
      return ExitCodes.OK;
    }
    err().printf("semi-moe: %d of %d images could not be used:%n", failed.size(), images);
    failed.forEach(failure -> err().println("  " + failure.reason()));
    err().flush();
    return ExitCodes.DATA;
  }

  private static double foregroundShare(LabelMap mask) {
    long foreground = 0;
    for (int label : mask.labels()) {
      foreground += label != 0 ? 1 : 0;
    }
    return (double) foreground / mask.labels().length;
  }
}
