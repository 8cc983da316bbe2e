package io.semimoe.verification.endtoend;

import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.inference.Segmentation;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import io.semimoe.inference.object.ObjectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One segmenter that segments many images of all sizes, from two threads at once, and reads its
 * memory in between; as a process of its own.
 */
final class SegmentingProbe {
  private static final int THREADS = 2;
  private static final int SMALLEST = 20;
  private static final int LARGEST = 80;

  private SegmentingProbe() {}

  /**
   * Segments with the model {@code args[0]}: {@code args[1]} times {@code args[2]} images with a
   * reading after each time. The readings become the file {@code args[3]}.
   */
  public static void main(String[] args) throws Exception {
    int times = Integer.parseInt(args[1]);
    int images = Integer.parseInt(args[2]);
    List<String> lines = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Segmenter segmenter =
        Segmenter.open(Path.of(args[0]), SegmenterOptions.builder().threads(1).build())) {
      for (int time = 0; time < times; time++) {
        List<Future<Integer>> found = new ArrayList<>();
        for (int i = 0; i < images; i++) {
          long seed = (long) time * images + i;
          found.add(threads.submit(() -> segment(segmenter, seed)));
        }
        for (Future<Integer> objects : found) {
          objects.get();
        }
        lines.add(MemoryReading.now().toLine());
      }
    } finally {
      threads.shutdown();
    }
    Files.write(Path.of(args[3]), lines);
  }

  private static int segment(Segmenter segmenter, long seed) {
    Random random = new Random(seed);
    int width = SMALLEST + random.nextInt(LARGEST - SMALLEST);
    int height = SMALLEST + random.nextInt(LARGEST - SMALLEST);
    byte[] rgb = new byte[3 * width * height];
    random.nextBytes(rgb);
    Segmentation found = segmenter.segment(new RgbImage(width, height, rgb));
    return found.objects(ObjectOptions.COMPONENTS).objects().size();
  }
}
