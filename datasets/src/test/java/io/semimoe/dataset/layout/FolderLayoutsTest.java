package io.semimoe.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layouts with separate folders: the paper's, CRAG's, plain ones. */
class FolderLayoutsTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void chooseFolder() {
    root = temp.resolve("été 2 x");
  }

  private void writePaper() throws Exception {
    DataFiles.pair(sub("train_sup_20", "image"), sub("train_sup_20", "mask"), "a");
    DataFiles.image(sub("train_sup_20", "image").resolve("b.tif"), 24, 18);
    DataFiles.mask(sub("train_sup_20", "mask").resolve("b.png"), 24, 18);
    DataFiles.image(sub("train_unsup_80", "image").resolve("c.bmp"), 24, 18);
    DataFiles.pair(sub("val", "image"), sub("val", "mask"), "d");
  }

  private Path sub(String first, String second) {
    return root.resolve(first).resolve(second);
  }

  private static List<String> names(List<Sample> samples) {
    return samples.stream().map(Sample::name).toList();
  }

  @Test
  void paperFoldersAreFound() throws Exception {
    writePaper();
    SampleSet samples = SampleSets.open(DataFiles.paper(root));
    assertThat(names(samples.labelled())).containsExactly("a", "b");
    assertThat(samples.labelled().get(1).image()).hasFileName("b.tif");
    assertThat(samples.labelled().get(1).mask().orElseThrow()).hasFileName("b.png");
    assertThat(names(samples.unlabelled())).containsExactly("c");
    assertThat(names(samples.validation())).containsExactly("d");
    assertThat(samples.test()).isEmpty();
  }

  @Test
  void valMayHoldTheTestImages() throws Exception {
    writePaper();
    SampleSet samples =
        SampleSets.open(new DataSource.Paper(root, Optional.empty(), Optional.empty(), Role.TEST));
    assertThat(samples.validation()).isEmpty();
    assertThat(names(samples.test())).containsExactly("d");
  }

  @Test
  void valAsTestBesideATestFolderIsRefused() throws Exception {
    writePaper();
    DataFiles.pair(sub("test", "image"), sub("test", "mask"), "e");
    DataSource source = new DataSource.Paper(root, Optional.empty(), Optional.empty(), Role.TEST);
    assertThatThrownBy(() -> SampleSets.open(source))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("two test sets");
  }

  @Test
  void oneOfSeveralPaperFoldersMustBeNamed() throws Exception {
    writePaper();
    DataFiles.pair(sub("train_sup_10", "image"), sub("train_sup_10", "mask"), "a");
    assertThatThrownBy(() -> SampleSets.open(DataFiles.paper(root)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found [train_sup_10, train_sup_20]");
    SampleSet samples =
        SampleSets.open(
            new DataSource.Paper(
                root, Optional.of("train_sup_10"), Optional.empty(), Role.VALIDATION));
    assertThat(names(samples.labelled())).containsExactly("a");
  }

  @Test
  void missingPaperFolderIsNamed() throws Exception {
    Files.createDirectories(root);
    assertThatThrownBy(() -> SampleSets.open(DataFiles.paper(root)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'train_sup_N'")
        .hasMessageContaining("found none");
  }

  private void writeCrag() throws Exception {
    for (String name : List.of("train_1", "train_2", "x")) {
      DataFiles.pair(sub("train", "Images"), sub("train", "Annotation"), name);
    }
    for (String name : List.of("test_1", "x")) {
      DataFiles.pair(sub("valid", "Images"), sub("valid", "Annotation"), name);
    }
  }

  @Test
  void cragIsDrawnFromItsTrainingFolder() throws Exception {
    writeCrag();
    SampleSet samples = SampleSets.open(new DataSource.Crag(root, new Partition.Drawn(1, 0, 3)));
    assertThat(samples.labelled()).hasSize(1);
    assertThat(samples.unlabelled()).hasSize(2);
    assertThat(names(samples.test())).containsExactly("test_1", "x");
  }

  @Test
  void cragSplitNamesAnAmbiguousImageByItsFolder() throws Exception {
    writeCrag();
    Path csv = temp.resolve("split.csv");
    Files.writeString(
        csv, "name,role\ntrain_1,labeled\ntrain/x,unlabeled\nvalid/x,test\ntest_1,validation\n");
    SampleSet samples = SampleSets.open(new DataSource.Crag(root, new Partition.SplitFile(csv)));
    assertThat(samples.unlabelled().get(0).image())
        .isEqualTo(sub("train", "Images").resolve("x.png"));
    assertThat(samples.test().get(0).image()).isEqualTo(sub("valid", "Images").resolve("x.png"));
    assertThat(names(samples.validation())).containsExactly("test_1");
  }

  @Test
  void cragSplitWithAmbiguousOrUnknownNameIsRefused() throws Exception {
    writeCrag();
    Path csv = temp.resolve("split.csv");
    Files.writeString(csv, "name,role\nx,labeled\ntrain_3,unlabeled\n");
    assertThatThrownBy(
            () -> SampleSets.open(new DataSource.Crag(root, new Partition.SplitFile(csv))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2: duplicate name: 'x' is in both folders")
        .hasMessageContaining("line 3: unknown image")
        .hasMessageContaining("'train_1'");
  }

  @Test
  void cragSplitGivesAFileOneRoleHoweverItIsSpelt() throws Exception {
    writeCrag();
    Path csv = temp.resolve("split.csv");
    Files.writeString(csv, "name,role\ntrain_1,labelled\ntrain/train_1,test\n");
    assertThatThrownBy(
            () -> SampleSets.open(new DataSource.Crag(root, new Partition.SplitFile(csv))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 3: duplicate name: 'train/train_1' stands in line 2 already");
  }

  @Test
  void cragWithoutAnnotationFolderIsRefused() throws Exception {
    DataFiles.image(sub("train", "Images").resolve("train_1.png"), 24, 18);
    assertThatThrownBy(
            () -> SampleSets.open(new DataSource.Crag(root, new Partition.Drawn(1, 0, 1))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Annotation: folder not found");
  }

  private DataSource.Folders plain(Optional<Path> unlabelled, Optional<Partition.Drawn> draw) {
    return new DataSource.Folders(
        new MaskedFolder(root.resolve("images"), root.resolve("masks")),
        unlabelled,
        Optional.of(new MaskedFolder(root.resolve("vi"), root.resolve("vm"))),
        Optional.of(new MaskedFolder(root.resolve("ti"), root.resolve("tm"))),
        draw);
  }

  private void writePlain() throws Exception {
    DataFiles.pair(root.resolve("images"), root.resolve("masks"), "a");
    DataFiles.pair(root.resolve("images"), root.resolve("masks"), "b");
    DataFiles.image(root.resolve("unlabelled").resolve("c.png"), 24, 18);
    DataFiles.pair(root.resolve("vi"), root.resolve("vm"), "d");
    DataFiles.pair(root.resolve("ti"), root.resolve("tm"), "e");
  }

  @Test
  void plainFoldersGiveOneRoleEach() throws Exception {
    writePlain();
    SampleSet samples =
        SampleSets.open(plain(Optional.of(root.resolve("unlabelled")), Optional.empty()));
    assertThat(names(samples.labelled())).containsExactly("a", "b");
    assertThat(names(samples.unlabelled())).containsExactly("c");
    assertThat(names(samples.validation())).containsExactly("d");
    assertThat(names(samples.test())).containsExactly("e");
    assertThat(samples.all())
        .extracting(Sample::group)
        .containsExactly("train", "train", "train", "validation", "test");
  }

  @Test
  void aFolderWithoutImagesIsNamedWithTheNumberOfOtherFiles() throws Exception {
    writePlain();
    Path folder = Files.createDirectory(root.resolve("webp"));
    for (String name : List.of("a.webp", "b.webp", ".hidden")) {
      Files.writeString(folder.resolve(name), "some");
    }
    DataSource source = plain(Optional.of(folder), Optional.empty());
    assertThatThrownBy(() -> SampleSets.open(source))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder + ": no unlabelled images")
        .hasMessageContaining("and 2 files that are not png, bmp");

    writePaper();
    Files.delete(sub("train_unsup_80", "image").resolve("c.bmp"));
    assertThatThrownBy(() -> SampleSets.open(DataFiles.paper(root)))
        .hasMessageStartingWith(sub("train_unsup_80", "image") + ": no unlabelled images")
        .hasMessageNotContaining("files that are not");
  }

  @Test
  void plainFoldersCanBeDrawnFrom() throws Exception {
    writePlain();
    SampleSet samples =
        SampleSets.open(plain(Optional.empty(), Optional.of(new Partition.Drawn(1, 0, 1))));
    assertThat(samples.labelled()).hasSize(1);
    assertThat(samples.unlabelled()).hasSize(1);
    assertThat(samples.unlabelled().get(0).mask()).isEmpty();
  }

  @Test
  void allMissingAndLonelyMasksAreReportedAtOnce() throws Exception {
    writePlain();
    Files.delete(root.resolve("masks").resolve("a.png"));
    Files.delete(root.resolve("ti").resolve("e.png"));
    DataSource source = plain(Optional.of(root.resolve("unlabelled")), Optional.empty());
    assertThatThrownBy(() -> SampleSets.open(source))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.png: labelled image without mask")
        .hasMessageContaining("e.png: mask without image");
  }
}
