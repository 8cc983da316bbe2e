package io.semimoe.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageSize;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.layout.DataCheck.FixedSide;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
  @TempDir Path root;

  @BeforeEach
  void writeFiles() throws Exception {
    for (String name : new String[] {"train_1", "train_2", "train_3", "testA_1"}) {
      DataFiles.glas(root, name);
    }
    Files.writeString(
        root.resolve("split.csv"),
        "name,role\ntrain_1,labeled\ntrain_2,labeled\ntrain_3,unlabeled\ntestA_1,test\n");
  }

  private DataReport check() throws Exception {
    return check(Optional.empty());
  }

  private DataReport check(Optional<FixedSide> fixed) throws Exception {
    Path csv = root.resolve("split.csv");
    return DataCheck.run(
        SampleSets.open(new DataSource.Glas(root, new Partition.SplitFile(csv))), fixed, 2);
  }

  @Test
  void imagesOfAnotherSizeThanAllMustHaveAreErrorsInEachRole() throws Exception {
    DataFiles.image(root.resolve("train_3.png"), 24, 24);
    DataReport report = check(Optional.of(new FixedSide(24, "for a reason", "cut them")));

    assertThat(report.errors())
        .hasSize(3)
        .contains(
            root.resolve("testA_1.png")
                + ": expected an image of 24×24 pixels, for a reason, found 24×18; cut them");
  }

  @Test
  void soundDataGivesCountsSizesAndForeground() throws Exception {
    DataFiles.image(root.resolve("train_2.png"), 30, 30);
    DataFiles.mask(root.resolve("train_2_anno.png"), 30, 30, 15);
    DataReport report = check();
    assertThat(report.isUsable()).isTrue();
    assertThat(report.warnings()).isEmpty();
    DataReport.RoleSummary labelled = report.roles().get(0);
    assertThat(labelled.images()).isEqualTo(2);
    assertThat(labelled.smallest()).hasValue(new ImageSize(24, 18));
    assertThat(labelled.largest()).hasValue(new ImageSize(30, 30));
    double share = (8 * 18 + 15 * 30) / (24.0 * 18 + 30 * 30);
    assertThat(labelled.foregroundShare().orElseThrow()).isCloseTo(share, within(1e-12));
    assertThat(report.roles().get(1).foregroundShare()).isEmpty();
    assertThat(report.roles().get(2).images()).isZero();
    assertThat(labelled.fewestObjects()).hasValue(1);
    assertThat(report.roles().get(1).mostObjects()).isEmpty();
    assertThat(report.toText()).contains("labelled", "24×18 to 30×30", "objects in a mask: 1\n");
    report.requireUsable();
  }

  @Test
  void allErrorsAreCollected() throws Exception {
    Files.writeString(root.resolve("train_1.png"), "this is no image");
    DataFiles.mask(root.resolve("train_2_anno.png"), 24, 17);
    byte[] whole = Files.readAllBytes(root.resolve("testA_1_anno.png"));
    Files.write(root.resolve("testA_1_anno.png"), Arrays.copyOf(whole, 40));
    DataReport report = check();
    assertThat(report.errors()).hasSize(3);
    assertThat(report.errors().get(0)).contains("train_1.png");
    assertThat(report.errors().get(1))
        .contains("train_2_anno.png", "expected 24×18 pixels", "found 24×17");
    assertThat(report.errors().get(2)).contains("testA_1_anno.png");
    assertThatThrownBy(report::requireUsable)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train_1.png")
        .hasMessageContaining("train_2_anno.png")
        .hasMessageContaining("testA_1_anno.png");
  }

  @Test
  void masksOfOneClassAreWarnedAbout() throws Exception {
    DataFiles.mask(root.resolve("train_1_anno.png"), 24, 18, 0);
    DataFiles.mask(root.resolve("train_2_anno.png"), 24, 18, 24);
    DataReport report = check();
    assertThat(report.isUsable()).isTrue();
    assertThat(report.warnings()).hasSize(2);
    assertThat(report.warnings().get(0)).contains("train_1_anno.png", "no gland");
    assertThat(report.warnings().get(1)).contains("train_2_anno.png", "gland all over");
  }

  @Test
  void objectsAreCountedByLabelsOrByPieces() throws Exception {
    int[] labels = new int[24 * 18];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 24 / 4 % 2 == 0 ? 255 : 0;
    }
    PngFiles.writeLabels(root.resolve("train_1_anno.png"), new LabelMap(24, 18, labels));
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 24 / 4;
    }
    PngFiles.writeLabels(root.resolve("train_2_anno.png"), new LabelMap(24, 18, labels));

    DataReport report = check();

    assertThat(report.warnings()).isEmpty();
    assertThat(report.roles().get(0).fewestObjects()).hasValue(3);
    assertThat(report.roles().get(0).mostObjects()).hasValue(5);
    assertThat(report.toText()).contains("objects in a mask: 3 to 5");
  }

  @Test
  void aMaskWithBlurredEdgesIsWarnedAbout() throws Exception {
    DataFiles.image(root.resolve("train_1.png"), 96, 72);
    PngFiles.writeRgb(root.resolve("train_1_anno.png"), Resize.bilinear(discs(32, 24), 96, 72));
    DataFiles.image(root.resolve("train_2.png"), 96, 72);
    PngFiles.writeRgb(root.resolve("train_2_anno.png"), discs(96, 72));

    assertThat(check().warnings())
        .singleElement()
        .asString()
        .contains("train_1_anno.png", "labels in ", "blurred")
        .endsWith("Save it with 0 and 255 only, or with one number per gland");
  }

  /** White discs on black. */
  private static RgbImage discs(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      int column = i / 3 % width;
      int row = i / 3 / width;
      double x = 4.0 * column / width % 1 - 0.5;
      double y = 3.0 * row / height % 1 - 0.5;
      rgb[i] = (byte) (x * x + y * y < 0.15 ? 255 : 0);
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  void aTestImageThatIsTrainedOnIsWarnedAbout() throws Exception {
    Files.copy(
        root.resolve("train_1.png"),
        root.resolve("testA_1.png"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(check().warnings())
        .singleElement()
        .asString()
        .contains("testA_1.png (test): the same picture as", "train_1.png (labelled)");
  }
}
