package io.semimoe.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.MaskFiles;
import io.semimoe.dataset.layout.DataCheck;
import io.semimoe.dataset.layout.DataReport;
import io.semimoe.dataset.layout.DataSource;
import io.semimoe.dataset.layout.Partition;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.layout.SampleSets;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticGlandsTest {
  private static final SyntheticImageSettings SETTINGS = new SyntheticImageSettings(96, 80, 3);
  private static final List<SyntheticImage> IMAGES =
      IntStream.range(0, 12).mapToObj(i -> SyntheticGlands.generate(SETTINGS, i)).toList();

  @Test
  void equalSettingsGiveEqualImagesAndOthersDiffer() {
    SyntheticImage image = IMAGES.get(4);
    assertThat(SyntheticGlands.generate(SETTINGS, 4)).isEqualTo(image);
    assertThat(IMAGES.get(5).image()).isNotEqualTo(image.image());
    SyntheticImageSettings otherSeed = new SyntheticImageSettings(96, 80, 4);
    assertThat(SyntheticGlands.generate(otherSeed, 4).image()).isNotEqualTo(image.image());
  }

  @Test
  void everyImageHasGlandsAndStroma() {
    for (int i = 0; i < 12; i++) {
      LabelMap map = IMAGES.get(i).instances();
      assertThat(map.width()).isEqualTo(96);
      assertThat(map.height()).isEqualTo(80);
      assertThat(map.maxLabel()).as("image %s", i).isPositive();
      assertThat(map.foregroundCount() / (96.0 * 80)).as("image %s", i).isBetween(0.1, 0.8);
    }
  }

  @Test
  void someGlandsTouch() {
    int touching = 0;
    for (int i = 0; i < 12; i++) {
      LabelMap map = IMAGES.get(i).instances();
      boolean touches = false;
      for (int y = 0; y < map.height(); y++) {
        for (int x = 1; x < map.width(); x++) {
          int left = map.label(x - 1, y);
          int here = map.label(x, y);
          touches |= left != 0 && here != 0 && left != here;
        }
      }
      touching += touches ? 1 : 0;
    }
    assertThat(touching).isBetween(2, 12);
  }

  /** The best threshold on one channel, chosen in hindsight, must stay far from a segmentation. */
  @Test
  void noThresholdOnAColourSegmentsGlands() {
    for (int channel = 0; channel < 3; channel++) {
      long[][] counts = new long[2][256];
      for (int i = 0; i < 12; i++) {
        SyntheticImage made = IMAGES.get(i);
        RgbImage image = made.image();
        int[] labels = made.instances().labels();
        for (int p = 0; p < labels.length; p++) {
          counts[labels[p] != 0 ? 1 : 0][image.rgb()[3 * p + channel] & 0xFF]++;
        }
      }
      assertThat(bestAccuracy(counts)).as("channel %s", channel).isLessThan(0.8);
    }
  }

  private static double bestAccuracy(long[][] counts) {
    long all = 0;
    long glandAbove = 0;
    for (int v = 0; v < 256; v++) {
      all += counts[0][v] + counts[1][v];
      glandAbove += counts[1][v];
    }
    long right = glandAbove;
    double best = 0;
    for (int v = 0; v < 256; v++) {
      right += counts[0][v] - counts[1][v];
      double share = (double) right / all;
      best = Math.max(best, Math.max(share, 1 - share));
    }
    return best;
  }

  @Test
  void luminaArePalerThanEpithelium() {
    // The inside of large glands against their rim, over several images.
    double inside = 0;
    double rim = 0;
    int insidePixels = 0;
    int rimPixels = 0;
    for (int i = 0; i < 8; i++) {
      SyntheticImage made = IMAGES.get(i);
      Depth depth = new Depth(made.instances());
      for (int p = 0; p < 96 * 80; p++) {
        if (made.instances().labels()[p] != 0) {
          double green = made.image().rgb()[3 * p + 1] & 0xFF;
          if (depth.at(p) > 8) {
            inside += green;
            insidePixels++;
          } else if (depth.at(p) < 4) {
            rim += green;
            rimPixels++;
          }
        }
      }
    }
    assertThat(insidePixels).isPositive();
    assertThat(inside / insidePixels).isGreaterThan(rim / rimPixels + 40);
  }

  @Test
  void aWrittenDataSetIsReadBackAsItWasMade(@TempDir Path temp) throws Exception {
    Path root = temp.resolve("künstliche Drüsen");
    Path split = SyntheticDataset.write(root, SETTINGS, new SyntheticDataset.Counts(2, 3, 1, 2));
    SampleSet samples = SampleSets.open(new DataSource.Glas(root, new Partition.SplitFile(split)));
    assertThat(samples.labelled()).hasSize(2);
    assertThat(samples.unlabelled()).hasSize(3);
    assertThat(samples.validation()).hasSize(1);
    assertThat(samples.test()).hasSize(2).allMatch(sample -> sample.group().equals("testA"));
    DataReport report = DataCheck.run(samples, Optional.empty(), 2);
    assertThat(report.errors()).isEmpty();
    assertThat(report.warnings()).isEmpty();
    LabelMap made = IMAGES.get(0).instances();
    LabelMap read = MaskFiles.read(root.resolve("train_1_anno.png"));
    assertThat(read.foreground()).isEqualTo(made.foreground());
    assertThat(read.distinctLabels()).hasSameSizeAs(made.distinctLabels());
  }

  @Test
  void existingFilesAreNotTouched(@TempDir Path temp) throws Exception {
    Files.writeString(temp.resolve("notes.txt"), "mine");
    assertThatThrownBy(
            () -> SyntheticDataset.write(temp, SETTINGS, new SyntheticDataset.Counts(1, 1, 0, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected an empty folder or none");
    assertThat(temp).isDirectoryNotContaining("glob:**.png");
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SyntheticImageSettings(63, 100, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> SyntheticGlands.generate(SETTINGS, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SyntheticDataset.Counts(0, 1, 0, 0));
  }
}
