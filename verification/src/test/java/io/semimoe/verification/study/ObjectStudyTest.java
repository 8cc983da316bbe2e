package io.semimoe.verification.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.image.ImageFiles;
import io.semimoe.dataset.image.MaskFiles;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * <p>Training images that were not labelled are there to choose on, test images to report. The
 * tables are logged; run with {@code -Dsemimoe.study.data=GLAS -Dsemimoe.study.split=CSV
 * -Dsemimoe.study.model=MODEL}.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "semimoe.study.model", matches = ".+")
class ObjectStudyTest {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStudyTest.class);
  private static final Path DATA = Path.of(System.getProperty("semimoe.study.data", ""));
  private static final Path SPLIT = Path.of(System.getProperty("semimoe.study.split", ""));
  private static final Path MODEL = Path.of(System.getProperty("semimoe.study.model", ""));
  private static final int MOSAIC = 4;

  private static final Map<String, ObjectOptions> VARIANTS = variants();

  private record Item(RgbImage image, LabelMap truth) {}

  @Test
  void objectsOfWholeImages() throws Exception {
    for (String role : List.of("unlabeled", "test")) {
      List<Item> items = items(role);
      Map<String, ObjectTally> tallies = new LinkedHashMap<>();
      try (Segmenter segmenter = Segmenter.open(MODEL, SegmenterOptions.DEFAULT)) {
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
      LOG.info(
          "{} {} images: objects, precision, recall, F1, object Dice, Hausdorff\n{}",
          items.size(),
          role,
          table);
      assertThat(tallies).hasSameSizeAs(VARIANTS);
    }
  }

  @Test
  void mirroredImages() throws Exception {
    for (String role : List.of("unlabeled", "test")) {
      List<Item> items = items(role);
      StringBuilder table = new StringBuilder();
      for (boolean mirrored : new boolean[] {false, true}) {
        PixelCounts counts = PixelCounts.NONE;
        ObjectTally tally = ObjectTally.NONE;
        try (Segmenter segmenter =
            Segmenter.open(MODEL, SegmenterOptions.builder().mirrored(mirrored).build())) {
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
      LOG.info(
          "{} {} images: pixel Dice, object F1, object Dice, Hausdorff\n{}",
          items.size(),
          role,
          table);
      assertThat(table).isNotEmpty();
    }
  }

  @Test
  void gatesOfMosaics() throws Exception {
    for (String role : List.of("unlabeled", "test")) {
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
          try (Segmenter segmenter = Segmenter.open(MODEL, options)) {
            for (Item mosaic : mosaics(items(role), segmenter.description().tileSize())) {
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
      LOG.info("mosaics of {} images: pixel Dice, object F1, object Dice\n{}", role, table);
      assertThat(table).isNotEmpty();
    }
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

  private static List<Item> items(String role) throws Exception {
    List<Item> items = new ArrayList<>();
    try (Stream<String> lines = Files.lines(SPLIT)) {
      for (String line : lines.filter(text -> text.endsWith("," + role)).sorted().toList()) {
        String name = line.substring(0, line.indexOf(','));
        items.add(
            new Item(
                ImageFiles.readRgb(DATA.resolve(name + ".png")),
                MaskFiles.read(DATA.resolve(name + "_anno.png"))));
      }
    }
    return items;
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
