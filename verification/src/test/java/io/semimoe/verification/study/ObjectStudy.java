package io.semimoe.verification.study;

import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.layout.DataSource;
import io.semimoe.dataset.layout.Partition;
import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.layout.SampleSets;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.Gates;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.ObjectOptions;
import io.semimoe.training.evaluation.ObjectMetrics;
import io.semimoe.training.evaluation.ObjectTally;
import io.semimoe.training.evaluation.PixelCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * What the defaults of objects and gates rest on, measured with a trained model on GlaS:
 *
 * <ul>
 *   <li>object metrics of whole images with and without clean-up and separation, at several depths;
 *   <li>pixel and object metrics of whole images alone and averaged with their mirror images;
 *   <li>pixel metrics of mosaics of 4×4 images, each squeezed to the model's size, cut into tiles
 *       whose gates are those of each tile or the mean of the mosaic.
 * </ul>
 *
 * <p>Training images that were not labelled are there to choose on, test images to report; both
 * need masks. See docs/verification.md.
 */
@Command(name = "ObjectStudy", description = "Prints tables of objects, mirror images and gates.")
public final class ObjectStudy implements Callable<Integer> {
  private static final List<Role> ROLES = List.of(Role.UNLABELLED, Role.TEST);
  private static final int MOSAIC = 4;

  private static final Map<String, ObjectOptions> VARIANTS = variants();

  @Parameters(index = "0", paramLabel = "GLAS", description = "Folder of the GlaS challenge.")
  private Path data;

  @Parameters(index = "1", paramLabel = "CSV", description = "Split of it.")
  private Path split;

  @Parameters(index = "2", paramLabel = "MODEL", description = "model.onnx of an export.")
  private Path model;

  private record Item(RgbImage image, LabelMap truth) {}

  private ObjectStudy() {}

  /** Prints the tables. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ObjectStudy()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    for (Role role : ROLES) {
      List<Item> items = items(role);
      if (items.size() < MOSAIC * MOSAIC) {
        System.err.printf(
            "%s: expected at least %d images of role '%s', found %d%n",
            split, MOSAIC * MOSAIC, role.text(), items.size());
        return 2;
      }
      objectsOfWholeImages(role, items);
      mirroredImages(role, items);
      gatesOfMosaics(role, items);
    }
    return 0;
  }

  private void objectsOfWholeImages(Role role, List<Item> items) throws Exception {
    Map<String, ObjectTally> tallies = new LinkedHashMap<>();
    try (Segmenter segmenter = Segmenter.open(model, SegmenterOptions.DEFAULT)) {
      for (Item item : items) {
        Segmentation segmentation = segmenter.segment(item.image());
        VARIANTS.forEach(
            (name, options) ->
                tallies.merge(
                    name,
                    ObjectMetrics.compare(segmentation.objects(options).labels(), item.truth()),
                    ObjectTally::plus));
      }
    }
    StringBuilder table = new StringBuilder();
    tallies.forEach(
        (name, tally) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %.4f | %.4f | %.4f | %.4f | %.1f |%n",
                    name,
                    tally.predictedObjects(),
                    tally.precision(),
                    tally.recall(),
                    tally.f1(),
                    tally.dice(),
                    tally.hausdorff())));
    System.out.printf(
        "%d %s images: objects, precision, recall, F1, object Dice, Hausdorff%n%s%n",
        items.size(), role.text(), table);
  }

  private void mirroredImages(Role role, List<Item> items) throws Exception {
    StringBuilder table = new StringBuilder();
    for (boolean mirrored : new boolean[] {false, true}) {
      PixelCounts counts = PixelCounts.NONE;
      ObjectTally tally = ObjectTally.NONE;
      try (Segmenter segmenter =
          Segmenter.open(model, SegmenterOptions.builder().mirrored(mirrored).build())) {
        for (Item item : items) {
          Segmentation found = segmenter.segment(item.image());
          counts = counts.plus(PixelCounts.of(found.mask(), item.truth().foreground()));
          tally = tally.plus(ObjectMetrics.compare(found.objects().labels(), item.truth()));
        }
      }
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.4f | %.4f | %.4f | %.1f |%n",
              mirrored ? "mirrored" : "plain",
              counts.dice(),
              tally.f1(),
              tally.dice(),
              tally.hausdorff()));
    }
    System.out.printf(
        "%d %s images: pixel Dice, object F1, object Dice, Hausdorff%n%s%n",
        items.size(), role.text(), table);
  }

  private void gatesOfMosaics(Role role, List<Item> items) throws Exception {
    StringBuilder table = new StringBuilder();
    for (int tile : new int[] {128, 256}) {
      for (Gates gates : Gates.values()) {
        SegmenterOptions options =
            SegmenterOptions.builder()
                .prediction(ModelDescription.Prediction.TILES)
                .tileSize(tile)
                .gates(gates)
                .build();
        PixelCounts counts = PixelCounts.NONE;
        ObjectTally tally = ObjectTally.NONE;
        try (Segmenter segmenter = Segmenter.open(model, options)) {
          for (Item mosaic : mosaics(items, segmenter.description().tileSize())) {
            Segmentation found = segmenter.segment(mosaic.image());
            counts = counts.plus(PixelCounts.of(found.mask(), mosaic.truth().foreground()));
            tally = tally.plus(ObjectMetrics.compare(found.objects().labels(), mosaic.truth()));
          }
        }
        table.append(
            String.format(
                Locale.ROOT,
                "| tiles of %d, gates of each %s | %.4f | %.4f | %.4f |%n",
                tile,
                gates,
                counts.dice(),
                tally.f1(),
                tally.dice()));
      }
    }
    System.out.printf(
        "mosaics of %s images: pixel Dice, object F1, object Dice%n%s%n", role.text(), table);
  }

  private static Map<String, ObjectOptions> variants() {
    Map<String, ObjectOptions> variants = new LinkedHashMap<>();
    variants.put("components", ObjectOptions.COMPONENTS);
    variants.put("filled, small ones dropped", ObjectOptions.GLAS_SIZED.withSeparate(false));
    for (double depth : new double[] {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
      variants.put(
          "separated, depth " + depth, ObjectOptions.GLAS_SIZED.withSeparationDepth(depth));
    }
    return variants;
  }

  private List<Item> items(Role role) throws Exception {
    List<Item> items = new ArrayList<>();
    for (Sample sample : withMasks(samples(split).of(role))) {
      items.add(
          new Item(
              ImageFiles.readRgb(sample.image()), MaskFiles.read(sample.mask().orElseThrow())));
    }
    return items;
  }

  /** Lists them anew as test images, since unlabelled ones are given without their masks. */
  private List<Sample> withMasks(List<Sample> samples) throws Exception {
    Path evaluated = Files.createTempFile("study", ".csv");
    try {
      Files.writeString(
          evaluated,
          samples.stream()
              .map(sample -> sample.name() + ",test\n")
              .collect(Collectors.joining("", "name,role\n", "")));
      return samples(evaluated).test();
    } finally {
      Files.delete(evaluated);
    }
  }

  private SampleSet samples(Path csv) throws Exception {
    return SampleSets.openForEvaluation(new DataSource.Glas(data, new Partition.SplitFile(csv)));
  }

  /** Squeezes the images to {@code side} and puts {@code MOSAIC²} of them together. */
  private static List<Item> mosaics(List<Item> items, int side) {
    List<Item> mosaics = new ArrayList<>();
    int width = MOSAIC * side;
    for (int first = 0; first + MOSAIC * MOSAIC <= items.size(); first += MOSAIC * MOSAIC) {
      byte[] rgb = new byte[3 * width * width];
      int[] labels = new int[width * width];
      for (int i = 0; i < MOSAIC * MOSAIC; i++) {
        Item item = items.get(first + i);
        RgbImage image = Resize.bilinear(item.image(), side, side);
        LabelMap truth = Resize.nearest(item.truth(), side, side);
        for (int y = 0; y < side; y++) {
          int to = (i / MOSAIC * side + y) * width + i % MOSAIC * side;
          System.arraycopy(image.rgb(), 3 * y * side, rgb, 3 * to, 3 * side);
          for (int x = 0; x < side; x++) {
            int label = truth.label(x, y);
            labels[to + x] = label == 0 ? 0 : label + i * 1000;
          }
        }
      }
      mosaics.add(new Item(new RgbImage(width, width, rgb), new LabelMap(width, width, labels)));
    }
    return mosaics;
  }
}
