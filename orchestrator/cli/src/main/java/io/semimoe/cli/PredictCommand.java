package io.semimoe.cli;

import io.semimoe.cli.images.InputImages;
import io.semimoe.cli.predict.Prediction;
import io.semimoe.cli.predict.PredictionModels;
import io.semimoe.cli.predict.PredictionRun;
import io.semimoe.cli.predict.PredictionSettings;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.inference.ModelException;
import io.semimoe.inference.SegmenterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private ImagePlaces places;

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
      paramLabel = "SHARE",
      description = "Foreground is where the probability is above this; by default the model's.")
  private Double threshold;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Processor threads, 0 for one per core (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--images-at-once",
      paramLabel = "N",
      description =
          "Images that are predicted at the same time; they share the threads. By default one per"
              + " thread, fewer where the memory does not suffice.")
  private Integer atOnce;

  @Option(
      names = "--write",
      split = ",",
      paramLabel = "FILES",
      defaultValue = "mask,probability,overlay",
      description =
          "What to write, separated by commas: mask, probability, overlay, overlay-jpeg, labels"
              + " (number of the object), geojson (outlines for QuPath), csv (table of objects);"
              + " default: ${DEFAULT-VALUE}.")
  private Set<Prediction> write;

  @Option(
      names = "--mirror",
      description =
          "Average each input of the model with its three mirror images: somewhat more exact, four"
              + " times the work.")
  private boolean mirror;

  @Mixin private PredictionDevice device;

  @ArgGroup(exclusive = false)
  private TilesOption tiles = new TilesOption();

  @Mixin private PixelSizeOption pixelSize;

  @Mixin private ObjectsOption objects;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Largest image that is decoded as a whole, a guard against damaged or hostile files"
              + " (default: ${DEFAULT-VALUE}). With --tiles, TIFF and SVS in tiles or strips are"
              + " not.")
  private long maxPixels = ImageFiles.DEFAULT_MAX_PIXELS;

  @Option(names = "--overwrite", description = "Replace files that exist.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws DataException, ModelException {
    Map<String, Path> images = InputImages.find(places.get(), output);
    check();
    PredictionSettings settings = settings();
    int threadsInAll = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    int imagesAtOnce = Math.min(images.size(), atOnce == null ? threadsInAll : atOnce);
    SegmenterOptions.Builder options = options(Math.max(1, threadsInAll / imagesAtOnce));
    check(images);
    try (PredictionModels models = open(options)) {
      for (String name : images.keySet()) {
        NewFolder.make(output.resolve(name).getParent());
      }
      return predict(images, imagesAtOnce, models, settings).finish();
    }
  }

  private PredictionReport predict(
      Map<String, Path> images,
      int imagesAtOnce,
      PredictionModels models,
      PredictionSettings settings) {
    try (PredictionProgress progress =
        new PredictionProgress(images.size(), Terminal.isWatched())) {
      PredictionReport report = new PredictionReport(out(), err(), json, progress);
      PredictionRun.of(images, imagesAtOnce, models, settings, report);
      return report;
    }
  }

  private void check() {
    if (threads < 0 || threads > SegmenterOptions.MOST_THREADS) {
      throw usage(
          "--threads: expected 0 to " + SegmenterOptions.MOST_THREADS + ", found " + threads);
    }
    if (atOnce != null && atOnce < 1) {
      throw usage("--images-at-once: expected 1 or more, found " + atOnce);
    }
    if (threshold != null && !(threshold > 0 && threshold < 1)) {
      throw usage("--threshold: expected a number between 0 and 1, found " + threshold);
    }
    if (maxPixels < 1) {
      throw usage("--max-pixels: expected 1 or more, found " + maxPixels);
    }
    for (String place : places.get()) {
      if (isOutput(place)) {
        throw usage(
            "--output: expected another folder than that of the images, found "
                + place
                + "; a later run would take masks for images");
      }
    }
  }

  private PredictionSettings settings() {
    try {
      return new PredictionSettings(
          objects.choice(), pixelSize.micronsPerPixel(), output, write, maxPixels);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private boolean isOutput(String place) {
    try {
      return Files.isDirectory(output) && Files.isSameFile(output, InputImages.root(place));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  private SegmenterOptions.Builder options(int threadsOfImage) {
    SegmenterOptions.Builder options =
        SegmenterOptions.builder().threads(threadsOfImage).mirrored(mirror);
    if (threshold != null) {
      options.threshold(threshold);
    }
    device.gpu().ifPresent(options::cudaDevice);
    tiles.addTo(options);
    return options;
  }

  private PredictionModels open(SegmenterOptions.Builder options) throws ModelException {
    try {
      return PredictionModels.open(ModelFile.in(model), options);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  /** Refuses to write files that exist, and images whatever the user says. */
  private void check(Map<String, Path> images) throws DataException {
    Set<Path> inputs = new HashSet<>();
    for (Path image : images.values()) {
      inputs.add(real(image));
    }
    for (String name : images.keySet()) {
      for (Prediction prediction : write) {
        check(prediction.file(output, name), inputs);
        if (prediction.isStreamed()) {
          check(prediction.streamedFile(output, name), inputs);
        }
      }
    }
  }

  private void check(Path file, Set<Path> images) throws DataException {
    if (Files.exists(file)) {
      if (images.contains(real(file))) {
        throw usage(
            "--output: expected a folder in which no image is replaced, found "
                + file
                + ", which would be written and is one of the images; choose another");
      }
      if (!overwrite) {
        throw usage(
            file + " exists already; choose another --output, or replace it with --overwrite");
      }
    }
  }

  /** Returns the file behind links, or the path as it is if there is none. */
  private static Path real(Path file) throws DataException {
    try {
      return Files.exists(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw new DataException(file, "cannot be looked at: " + e.getMessage(), e);
    }
  }
}
