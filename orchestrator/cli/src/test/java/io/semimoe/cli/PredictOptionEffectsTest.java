package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes with the options of {@code predict}. */
class PredictOptionEffectsTest extends PredictionPlaces {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 16;
  private static final int RED = 255;

  /** Red for a probability of 0.59. */
  private static final int PALE = 131;

  private final byte[] rgb = new byte[WIDTH * HEIGHT * 3];
  private Path scene;

  enum Model {
    DISTANCE,
    LOOKING_LEFT,
    EXPERTS;

    Path write(Path file) throws IOException {
      return switch (this) {
        case DISTANCE -> RedModel.writeWithDistance(file);
        case LOOKING_LEFT -> RedModel.writeLookingLeft(file);
        case EXPERTS -> RedModel.writeWithExperts(file);
      };
    }
  }

  /** Something that can be counted in the files that are written. */
  enum Counted {
    OBJECTS,
    PIXELS_OF_OBJECTS,
    PIXELS_OF_MASK,
    /** Those with a probability from 0.1 to 0.9. */
    UNCERTAIN_PIXELS;

    long in(Path folder) throws Exception {
      return switch (this) {
        case OBJECTS -> Files.readAllLines(folder.resolve("scene_objects.csv")).size() - 1;
        case PIXELS_OF_OBJECTS ->
            MaskFiles.read(folder.resolve("scene_labels.tif")).foregroundCount();
        case PIXELS_OF_MASK -> MaskFiles.read(folder.resolve("scene_mask.png")).foregroundCount();
        case UNCERTAIN_PIXELS -> uncertain(folder.resolve("scene_probability.png"));
      };
    }

    private static long uncertain(Path file) throws IOException {
      int count = 0;
      for (int value :
          ImageIO.read(file.toFile())
              .getRaster()
              .getSamples(0, 0, WIDTH, HEIGHT, 0, (int[]) null)) {
        if (value > 0.1 * 65535 && value < 0.9 * 65535) {
          count++;
        }
      }
      return count;
    }
  }

  /**
   * Two touching squares with a valley of the distance between them, a ring across the border of
   * two tiles, and a pale dot.
   */
  @BeforeEach
  void writeScene() throws Exception {
    fill(1, 2, 9, 10, RED, 250);
    fill(5, 2, 1, 10, RED, 40);
    fill(12, 2, 11, 11, RED, 250);
    fill(16, 6, 3, 3, 0, 0);
    fill(34, 4, 3, 3, PALE, 250);
    scene = folder.resolve("scene.png");
    PngFiles.writeRgb(scene, new RgbImage(WIDTH, HEIGHT, rgb));
  }

  private void fill(int left, int top, int width, int height, int red, int green) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        rgb[(y * WIDTH + x) * 3] = (byte) red;
        rgb[(y * WIDTH + x) * 3 + 1] = (byte) green;
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          # option,               beside,      model,        what,              without, with
          --threshold 0.7,        '',          DISTANCE,     PIXELS_OF_MASK,    211,     202
          --min-area 10,          '',          DISTANCE,     OBJECTS,           4,       3
          --max-hole-area 8,      '',          DISTANCE,     PIXELS_OF_OBJECTS, 220,     211
          --no-separation,        '',          DISTANCE,     OBJECTS,           4,       3
          --separation-depth 0.9, '',          DISTANCE,     OBJECTS,           4,       3
          --mirror,               '',          LOOKING_LEFT, UNCERTAIN_PIXELS,  9,       111
          --overlap 0,            '',          LOOKING_LEFT, PIXELS_OF_MASK,    211,     200
          --gates tile,           --overlap 0, EXPERTS,      UNCERTAIN_PIXELS,  9,       256
          """)
  void anOptionChangesWhatIsWritten(
      String option, String beside, Model model, Counted what, long without, long with)
      throws Exception {
    Path file = model.write(folder.resolve("another.onnx"));

    assertThat(what.in(predict(file, "without", beside))).isEqualTo(without);
    assertThat(what.in(predict(file, "with", beside + " " + option))).isEqualTo(with);
  }

  private Path predict(Path file, String name, String options) {
    Path to = folder.resolve(name);
    List<Object> command = new ArrayList<>(List.of("predict", "-m", file, "-o", to, scene));
    command.addAll(List.of("--write", "mask,probability,labels,csv"));
    command.addAll(List.of(("--tiles --tile-size 16 " + options).strip().split(" +")));
    Invocation predict = Invocation.of(command.toArray());
    assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCodes.OK);
    return to;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"--threads 1, 1", "--threads 2, 2", "--threads 2 --images-at-once 1, 1"})
  void asManyImagesAreBegunAtOnceAsThereAreThreads(String options, int atOnce) {
    Set<Thread> before = predictingThreads();

    int begun =
        whilePredicting(images, options, () -> Sets.difference(predictingThreads(), before).size());

    assertThat(begun).isEqualTo(atOnce);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "native threads are counted in /proc")
  void oneImageHasAllThreads() {
    int one = whilePredicting(scene, "--threads 1", PredictOptionEffectsTest::nativeThreads);

    assertThat(whilePredicting(scene, "--threads 41", PredictOptionEffectsTest::nativeThreads))
        .isGreaterThan(one + 30);
  }

  /** Returns what is counted when the first result is printed, while the model is still open. */
  private int whilePredicting(Path place, String options, IntSupplier counted) {
    AtomicInteger count = new AtomicInteger(-1);
    Writer counting =
        new FilterWriter(Writer.nullWriter()) {
          @Override
          public void write(String text, int from, int length) {
            count.compareAndSet(-1, counted.getAsInt());
          }
        };
    String command = "predict -m %s -o %s --overwrite %s".formatted(model, output, options);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.add(place.toString());
    int exitCode =
        SemiMoe.commandLine()
            .setOut(new PrintWriter(counting))
            .execute(arguments.toArray(String[]::new));
    assertThat(exitCode).isEqualTo(ExitCodes.OK);
    return count.get();
  }

  private static Set<Thread> predictingThreads() {
    return Sets.filter(
        Thread.getAllStackTraces().keySet(), thread -> thread.getName().startsWith("predict-"));
  }

  private static int nativeThreads() {
    return Path.of("/proc/self/task").toFile().list().length;
  }
}
