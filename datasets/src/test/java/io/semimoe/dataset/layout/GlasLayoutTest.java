package io.semimoe.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlasLayoutTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void writeFiles() throws Exception {
    root = temp.resolve("Drüsen – bilder 腺 2");
    for (String name : List.of("train_1", "train_2", "train_3", "train_10", "testA_1", "testB_1")) {
      DataFiles.glas(root, name);
    }
    Files.writeString(root.resolve("Grade.csv"), "not an image");
    Files.writeString(root.resolve("._train_9.png"), "hidden");
  }

  private SampleSet split(String text) throws Exception {
    Path csv = temp.resolve("split.csv");
    Files.writeString(csv, text);
    return SampleSets.open(new DataSource.Glas(root, new Partition.SplitFile(csv)));
  }

  private static List<String> names(List<Sample> samples) {
    return samples.stream().map(Sample::name).toList();
  }

  @Test
  void splitFileGivesRolesInBothSpellings() throws Exception {
    SampleSet samples =
        split(
            """
            name,role
            train_2,labelled
            train_10,Labeled
            train_1,unlabeled
            train_3,validation
            testA_1,test
            testB_1,test
            """);
    assertThat(names(samples.labelled())).containsExactly("train_10", "train_2");
    assertThat(names(samples.unlabelled())).containsExactly("train_1");
    assertThat(names(samples.validation())).containsExactly("train_3");
    assertThat(names(samples.test())).containsExactly("testA_1", "testB_1");
  }

  @Test
  void theTestPartsAreGroupsOfTheirOwn() throws Exception {
    SampleSet samples =
        split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\ntestA_1,test\ntestB_1,test\n");
    assertThat(samples.test()).extracting(Sample::group).containsExactly("testA", "testB");
    assertThat(samples.labelled()).extracting(Sample::group).containsExactly("train");
  }

  @Test
  void aTrainingImageThatIsTestedOnIsInNeitherTestPart() throws Exception {
    SampleSet samples = split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\ntrain_3,test\n");
    assertThat(samples.test()).extracting(Sample::group).containsExactly("test");
  }

  @Test
  void masksOfUnlabelledImagesAreNotHandedOut() throws Exception {
    SampleSet samples = split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\n");
    assertThat(samples.unlabelled().get(0).mask()).isEmpty();
    assertThat(samples.labelled().get(0).mask()).hasValue(root.resolve("train_1_anno.png"));
  }

  @Test
  void byteOrderMarkWindowsLinesAndBlankLinesAreRead() throws Exception {
    SampleSet samples =
        split("\uFEFFname, role\r\n\r\n train_1 , labeled \r\ntrain_2,unlabeled\r\n");
    assertThat(names(samples.labelled())).containsExactly("train_1");
  }

  @Test
  void quotesAroundNamesAndRolesAreRead() throws Exception {
    SampleSet samples =
        split("\"name\",\"role\"\n\"train_1\",\"labelled\"\n \"train_2\" , \"unlabelled\"\n");
    assertThat(names(samples.all())).containsExactly("train_1", "train_2");
  }

  @Test
  void aNameInQuotesMayHoldCommas() throws Exception {
    DataFiles.glas(root, "train_4, left");
    SampleSet samples = split("name,role\n\"train_4, left\",labelled\ntrain_2,unlabelled\n");
    assertThat(names(samples.labelled())).containsExactly("train_4, left");
  }

  @Test
  void imagesAndMasksMayHaveDifferentFormats() throws Exception {
    Files.delete(root.resolve("train_1.png"));
    DataFiles.image(root.resolve("train_1.bmp"), 24, 18);
    SampleSet samples = split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\n");
    assertThat(samples.labelled().get(0).image()).isEqualTo(root.resolve("train_1.bmp"));
  }

  @Test
  void decomposedFileNamesMatchComposedSplitNames() throws Exception {
    DataFiles.glas(root, "train_e\u0301");
    SampleSet samples = split("name,role\ntrain_\u00e9,labeled\ntrain_2,unlabeled\n");
    assertThat(names(samples.labelled())).containsExactly("train_\u00e9");
  }

  @Test
  void everyUnknownImageIsReportedWithLineAndNearestNames() {
    assertThatThrownBy(
            () -> split("name,role\ntrain_1,labeled\ntrain_20,unlabeled\nTestA_2,test\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("split.csv: line 3: unknown image")
        .hasMessageContaining("found 'train_20'; nearest names: 'train_10', 'train_2'")
        .hasMessageContaining("split.csv: line 4: unknown image")
        .hasMessageContaining("'testA_1'")
        .hasMessageContaining(root.toString());
  }

  @Test
  void labelledImageWithoutMaskIsRefused() throws Exception {
    Files.delete(root.resolve("train_1_anno.png"));
    assertThatThrownBy(() -> split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train_1.png: labelled image without mask")
        .hasMessageContaining("train_1_anno.*");
  }

  @Test
  void unlabelledImageNeedsNoMask() throws Exception {
    Files.delete(root.resolve("train_2_anno.png"));
    SampleSet samples = split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\n");
    assertThat(names(samples.unlabelled())).containsExactly("train_2");
  }

  @Test
  void maskWithoutImageIsRefused() throws Exception {
    DataFiles.mask(root.resolve("train_4_anno.png"), 24, 18);
    assertThatThrownBy(() -> split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train_4_anno.png: mask without image")
        .hasMessageContaining("nearest names: 'train_1'");
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws Exception {
    DataFiles.image(root.resolve("train_1.bmp"), 24, 18);
    assertThatThrownBy(() -> split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("duplicate name")
        .hasMessageContaining("train_1.bmp");
  }

  @Test
  void nameThatStandsTwiceInTheSplitIsRefused() {
    assertThatThrownBy(() -> split("name,role\ntrain_1,labeled\ntrain_2,unlabeled\ntrain_1,test\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 4: duplicate name: 'train_1' stands in line 2");
  }

  @Test
  void unknownRoleAndBrokenLineAreBothReported() {
    assertThatThrownBy(() -> split("name,role\ntrain_1,teacher\ntrain_2\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2: unknown role")
        .hasMessageContaining("found 'teacher'")
        .hasMessageContaining("line 3: expected 'name,role', found 'train_2'");
  }

  @Test
  void ofAFileOfAnotherKindTheBeginningIsShown() {
    assertThatThrownBy(() -> split("0".repeat(5000)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("found '" + "0".repeat(100) + "…'");
  }

  @Test
  void missingHeaderIsRefused() {
    assertThatThrownBy(() -> split("train_1,labeled\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1: expected the header 'name,role'");
  }

  @Test
  void missingSplitFileIsRefused() {
    Partition split = new Partition.SplitFile(temp.resolve("nowhere.csv"));
    assertThatThrownBy(() -> SampleSets.open(new DataSource.Glas(root, split)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere.csv: split file not found");
  }

  @Test
  void splitFileOfOtherEncodingIsRefused() throws Exception {
    Path csv = temp.resolve("latin.csv");
    Files.write(csv, new byte[] {'n', 'a', 'm', 'e', ',', 'r', 'o', 'l', 'e', '\n', (byte) 0xE4});
    assertThatThrownBy(
            () -> SampleSets.open(new DataSource.Glas(root, new Partition.SplitFile(csv))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected UTF-8");
  }

  @Test
  void emptyLabelledSetIsRefusedAndSaysWhatToDo() {
    assertThatThrownBy(() -> split("name,role\ntrain_1,unlabeled\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("split.csv: no labelled images")
        .hasMessageContaining("draw them by count and seed");
  }

  @Test
  void emptyUnlabelledSetIsRefusedAndSaysWhatToDo() {
    assertThatThrownBy(() -> split("name,role\ntrain_1,labeled\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("split.csv: no unlabelled images")
        .hasMessageContaining("draw fewer labelled images");
  }

  @Test
  void evaluationNeedsNoTrainingImages() throws Exception {
    Path csv = temp.resolve("test.csv");
    Files.writeString(csv, "name,role\ntestA_1,test\n");
    SampleSet samples =
        SampleSets.openForEvaluation(new DataSource.Glas(root, new Partition.SplitFile(csv)));
    assertThat(names(samples.all())).containsExactly("testA_1");
  }

  @Test
  void missingFolderAndFileInPlaceOfFolderAreRefused() {
    Partition draw = new Partition.Drawn(1, 0, 1);
    assertThatThrownBy(() -> SampleSets.open(new DataSource.Glas(temp.resolve("no"), draw)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("folder not found");
    assertThatThrownBy(
            () -> SampleSets.open(new DataSource.Glas(root.resolve("train_1.png"), draw)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found a file");
  }

  @Test
  void drawDividesTheTrainingImagesAndLeavesTheTestImages() throws Exception {
    SampleSet samples = SampleSets.open(new DataSource.Glas(root, new Partition.Drawn(1, 1, 5)));
    assertThat(samples.labelled()).hasSize(1);
    assertThat(samples.validation()).hasSize(1);
    assertThat(samples.unlabelled()).hasSize(2);
    assertThat(names(samples.test())).containsExactly("testA_1", "testB_1");
    assertThat(names(samples.all())).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void allTrainingImagesMayBeDrawn() throws Exception {
    SampleSet samples =
        SampleSets.openLabelled(new DataSource.Glas(root, new Partition.Drawn(3, 1, 5)));
    assertThat(samples.labelled()).hasSize(3);
    assertThat(samples.validation()).hasSize(1);
    assertThat(samples.unlabelled()).isEmpty();
  }

  @Test
  void drawsOfOneSeedAreEqualAndNested() throws Exception {
    for (long seed = 0; seed < 8; seed++) {
      DataSource one = new DataSource.Glas(root, new Partition.Drawn(1, 0, seed));
      DataSource two = new DataSource.Glas(root, new Partition.Drawn(2, 0, seed));
      assertThat(SampleSets.open(one)).as("seed %s", seed).isEqualTo(SampleSets.open(one));
      assertThat(SampleSets.open(two).labelled())
          .as("seed %s", seed)
          .containsAll(SampleSets.open(one).labelled());
    }
  }

  @Test
  void drawsOfDifferentSeedsDiffer() throws Exception {
    long different = 0;
    SampleSet first = SampleSets.open(new DataSource.Glas(root, new Partition.Drawn(1, 0, 0)));
    for (long seed = 1; seed <= 20; seed++) {
      DataSource source = new DataSource.Glas(root, new Partition.Drawn(1, 0, seed));
      different += SampleSets.open(source).equals(first) ? 0 : 1;
    }
    assertThat(different).isPositive();
  }

  @Test
  void drawOfMoreImagesThanThereAreIsRefused() {
    assertThatThrownBy(
            () -> SampleSets.open(new DataSource.Glas(root, new Partition.Drawn(4, 1, 1))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected at least 5 training images (named train_*)")
        .hasMessageContaining("found 4");
  }
}
