package io.semimoe.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResizedCopyTest {
  private static final int SIZE = 32;

  @TempDir Path temp;

  @Test
  void trainingGetsTheSameNumbersFromTheCopy() throws Exception {
    Path split = synthetic();
    ResizedCopy.write(settings(FileLayout.GLAS), 2);

    ImageStore original = load(new DataSource.Glas(root(), new Partition.SplitFile(split)));
    ImageStore copied = load(new DataSource.Glas(copy(), new Partition.SplitFile(split)));

    assertThat(copied.count()).isEqualTo(original.count()).isEqualTo(5);
    for (int i = 0; i < original.count(); i++) {
      assertThat(copied.sample(i).name()).isEqualTo(original.sample(i).name());
      assertThat(copied.imageAndMask(i)).isEqualTo(original.imageAndMask(i));
    }
    assertThat(copied.imageAndMask(0).mask().orElseThrow().maxLabel()).isGreaterThan(1);
  }

  @Test
  void whatIsKeptHasTheSameBytes() throws Exception {
    synthetic();

    ResizedCopy.Summary summary = ResizedCopy.write(settings(FileLayout.GLAS, "test*"), 2);

    for (String name : List.of("testA_1.png", "testA_1_anno.png", "split.csv")) {
      assertThat(copy().resolve(name)).hasSameBinaryContentAs(root().resolve(name));
    }
    assertThat(summary.images()).isEqualTo(4);
    assertThat(summary.masks()).isEqualTo(4);
    assertThat(summary.kept()).isEqualTo(2);
    assertThat(summary.others()).isEqualTo(1);
    assertThat(summary.bytesAfter()).isEqualTo(bytes(copy())).isLessThan(summary.bytesBefore());
  }

  @Test
  void otherFormatsBecomePngOfTheSameName() throws Exception {
    DataFiles.image(root().resolve("train_1.bmp"), 48, 40);
    DataFiles.mask(root().resolve("train_1_anno.png"), 48, 40);

    ResizedCopy.write(settings(FileLayout.GLAS), 1);

    assertThat(names()).containsExactly("train_1.png", "train_1_anno.png");
  }

  @Test
  void cragAndThePapersFoldersAreUnderstood() throws Exception {
    DataFiles.pair(root().resolve("train/Images"), root().resolve("train/Annotation"), "a");
    DataFiles.image(root().resolve("train/Overlay/a.png"), 24, 18);
    assertThat(ResizedCopy.write(settings(FileLayout.CRAG), 1).leftOut()).isEqualTo(1);
    assertThat(names()).containsExactly("train/Annotation/a.png", "train/Images/a.png");

    Path paper = temp.resolve("paper");
    DataFiles.pair(paper.resolve("train_sup_1/image"), paper.resolve("train_sup_1/mask"), "a");
    DataFiles.image(paper.resolve("train_unsup_1/image/b.png"), 24, 18);
    Path target = temp.resolve("paper copy");
    ResizedCopy.Settings settings =
        new ResizedCopy.Settings(paper, FileLayout.PAPER, SIZE, List.of(), target);
    assertThat(ResizedCopy.write(settings, 1).images()).isEqualTo(2);
    assertThat(SampleSets.open(DataFiles.paper(target)).all()).hasSize(2);
  }

  @Test
  void linksAreFollowed() throws Exception {
    Path paper = temp.resolve("real");
    DataFiles.pair(paper.resolve("train_sup_1/image"), paper.resolve("train_sup_1/mask"), "a");
    Path elsewhere = temp.resolve("elsewhere");
    DataFiles.image(elsewhere.resolve("image/b.png"), 24, 18);
    Files.createSymbolicLink(paper.resolve("train_unsup_1"), elsewhere);
    Path link = Files.createSymbolicLink(temp.resolve("link"), paper);

    ResizedCopy.Summary summary =
        ResizedCopy.write(
            new ResizedCopy.Settings(link, FileLayout.PAPER, SIZE, List.of(), copy()), 1);

    assertThat(summary.images()).isEqualTo(2);
    assertThat(names())
        .containsExactly(
            "train_sup_1/image/a.png", "train_sup_1/mask/a.png", "train_unsup_1/image/b.png");
  }

  @Test
  void whatAnInterruptedAttemptLeftIsReplaced() throws Exception {
    DataFiles.glas(root(), "train_1");
    Path left = Files.createDirectories(temp.resolve(".copy.unfinished/old"));
    Files.writeString(left.resolve("file"), "old");

    ResizedCopy.write(settings(FileLayout.GLAS), 1);

    assertThat(names()).containsExactly("train_1.png", "train_1_anno.png");
    assertThat(temp).isDirectoryNotContaining("glob:**/.copy*");
  }

  @Test
  void allBadFilesAreNamedAndNothingIsWritten() throws Exception {
    DataFiles.glas(root(), "train_1");
    DataFiles.glas(root(), "train_2");
    Path damaged = Files.writeString(root().resolve("train_1.png"), "no image");
    Path small = root().resolve("train_2_anno.png");
    PngFiles.writeLabels(small, new LabelMap(8, 8, new int[64]));

    assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.GLAS), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(damaged.toString())
        .hasMessageContaining(small + ": mask of another size");
    assertThat(temp).isDirectoryNotContaining(path -> !path.equals(root()));
  }

  @Test
  void anEmptyFolderMayBeThereAndHiddenFilesAreLeftOut() throws Exception {
    DataFiles.glas(root(), "train_1");
    DataFiles.image(root().resolve("._train_2.png"), 24, 18);
    DataFiles.image(root().resolve(".trash/train_3.png"), 24, 18);
    Files.createDirectory(copy());

    ResizedCopy.write(settings(FileLayout.GLAS), 1);

    assertThat(names()).containsExactly("train_1.png", "train_1_anno.png");
  }

  @Test
  void filesThatWouldGetOneNameAndMasksWithoutImagesAreNamed() throws Exception {
    DataFiles.glas(root(), "train_1");
    Path second = DataFiles.image(root().resolve("train_1.bmp"), 24, 18);
    Path alone = DataFiles.mask(root().resolve("train_2_anno.png"), 24, 18);

    assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.GLAS), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("duplicate name: found ")
        .hasMessageContaining(second.getFileName().toString())
        .hasMessageContaining(alone + ": mask without image");
    assertThat(copy()).doesNotExist();
  }

  @Test
  void aDataSetThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.GLAS), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(root().toString())
        .hasMessageContaining("data set");
  }

  @Test
  void patternsThatMatchNoImageAndNoMaskAreTold() throws Exception {
    DataFiles.pair(root().resolve("train/Images"), root().resolve("train/Annotation"), "a");
    Files.writeString(root().resolve("notes.txt"), "text");
    ResizedCopy.Settings settings =
        settings(FileLayout.CRAG, "a.*", "train/Images/*", "b.*", "*.txt");

    assertThat(ResizedCopy.unmatched(settings))
        .containsExactly(settings.kept().get(2), settings.kept().get(3));
  }

  @Test
  void aMaskIsKeptWithItsImageOnly() throws Exception {
    DataFiles.glas(root(), "train_1");

    assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.GLAS, "train_1.*"), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train_1_anno")
        .hasMessageContaining("both kept or both resized");
  }

  @Test
  void theCopyLiesApartFromTheDataSet() throws Exception {
    DataFiles.glas(root(), "train_1");
    for (Path target : List.of(root(), root().resolve("copy"), temp)) {
      assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.GLAS, target), 1))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expected a folder apart from the data set");
    }
  }

  @Test
  void whatIsThereAlreadyStays() throws Exception {
    DataFiles.glas(root(), "train_1");
    Path file = Files.writeString(Files.createDirectory(copy()).resolve("mine"), "text");

    assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.GLAS), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected an empty folder or none");
    assertThat(file).hasContent("text");
  }

  @Test
  void aFolderOfAnotherLayoutIsRefused() throws Exception {
    DataFiles.glas(root(), "train_1");

    assertThatThrownBy(() -> ResizedCopy.write(settings(FileLayout.CRAG), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train/Images");
  }

  private Path synthetic() throws DataException {
    return SyntheticDataset.write(
        root(), new SyntheticImageSettings(96, 80, 3), new SyntheticDataset.Counts(2, 1, 1, 1));
  }

  private static ImageStore load(DataSource source) throws DataException {
    return ImageStore.load(SampleSets.open(source).all(), SIZE, 1);
  }

  private Path root() {
    return temp.resolve("data 腺");
  }

  private Path copy() {
    return temp.resolve("copy");
  }

  private ResizedCopy.Settings settings(FileLayout layout, String... globs) {
    List<PathMatcher> kept =
        Stream.of(globs).map(g -> FileSystems.getDefault().getPathMatcher("glob:" + g)).toList();
    return new ResizedCopy.Settings(root(), layout, SIZE, kept, copy());
  }

  private ResizedCopy.Settings settings(FileLayout layout, Path target) {
    return new ResizedCopy.Settings(root(), layout, SIZE, List.of(), target);
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.walk(copy())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> copy().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static long bytes(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
