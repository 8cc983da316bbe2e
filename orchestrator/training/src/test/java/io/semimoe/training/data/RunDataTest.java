package io.semimoe.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.layout.Role;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key names which folder. The files are empty, since none is opened. */
class RunDataTest {
  @TempDir private Path root;

  @Test
  void eachKeyOfPlainFoldersNamesTheImagesOrMasksOfItsRole() throws Exception {
    write("li/a.png", "lm/a.png", "ui/b.png", "vi/c.png", "vm/c.png", "ti/d.png", "tm/d.png");

    SampleSet found =
        samples(
            "data.layout=folders",
            folder("labelledImages", "li"),
            folder("labelledMasks", "lm"),
            folder("unlabelledImages", "ui"),
            folder("validationImages", "vi"),
            folder("validationMasks", "vm"),
            folder("testImages", "ti"),
            folder("testMasks", "tm"));

    assertThat(files(found))
        .containsExactly(
            "LABELLED li/a.png lm/a.png",
            "UNLABELLED ui/b.png",
            "VALIDATION vi/c.png vm/c.png",
            "TEST ti/d.png tm/d.png");
  }

  @ParameterizedTest
  @CsvSource({"validation, VALIDATION", "test, TEST"})
  void ofThePapersFoldersTheNamedOnesAreTakenAndValIsWhatItIsSaidToBe(String val, Role role)
      throws Exception {
    for (String folder : List.of("train_sup_1", "train_sup_2", "train_unsup_1", "train_unsup_2")) {
      write(folder + "/image/" + folder + ".png", folder + "/mask/" + folder + ".png");
    }
    write("val/image/v.png", "val/mask/v.png");

    SampleSet found =
        samples(
            "data.layout=paper",
            "data.root='" + root + "'",
            "data.paper.labelledFolder=train_sup_2",
            "data.paper.unlabelledFolder=train_unsup_1",
            "data.paper.val=" + val);

    assertThat(files(found))
        .containsExactly(
            "LABELLED train_sup_2/image/train_sup_2.png train_sup_2/mask/train_sup_2.png",
            "UNLABELLED train_unsup_1/image/train_unsup_1.png",
            role + " val/image/v.png val/mask/v.png");
  }

  @Test
  void cragIsDividedByTheSplit() throws Exception {
    writeCrag();
    Path split = root.resolve("split.csv");
    Files.writeString(split, "name,role\n2,labelled\n3,unlabelled\n1,validation\nt,test\n");

    assertThat(
            files(samples("data.layout=crag", "data.root='" + root + "'", "data.split=" + split)))
        .containsExactly(
            "LABELLED train/Images/2.png train/Annotation/2.png",
            "UNLABELLED train/Images/3.png",
            "VALIDATION train/Images/1.png train/Annotation/1.png",
            "TEST valid/Images/t.png valid/Annotation/t.png");
  }

  @Test
  void imagesOfCragAreDrawnByCountsAndASeedOfTheirOwn() throws Exception {
    writeCrag();

    assertDrawn("data.layout=crag", "data.root='" + root + "'");
  }

  @Test
  void imagesOfPlainFoldersAreDrawnByCountsAndASeedOfTheirOwn() throws Exception {
    writeCrag();

    assertDrawn(
        "data.layout=folders",
        folder("labelledImages", "train/Images"),
        folder("labelledMasks", "train/Annotation"));
  }

  @Test
  void fewerUnlabelledImagesThanLabelledOnesAreWarnedOf() throws Exception {
    writeCrag();

    assertThat(warnings("data.draw.labelled=6", "data.draw.validation=1"))
        .singleElement()
        .asString()
        .contains("2 of 6", "in 40 epochs each comes 13.3 times");
    assertThat(warnings("data.draw.labelled=4", "data.draw.validation=1")).isEmpty();
    assertThat(warnings("data.draw.labelled=9", "supervisedOnly=true")).isEmpty();
  }

  @Test
  void testImagesThatChooseTheCheckpointAreWarnedOf() throws Exception {
    writeCrag();

    assertThat(warnings("data.draw.labelled=4", "evaluation.selection=test-optimistic"))
        .singleElement()
        .asString()
        .contains("evaluation.selection", "optimistic");
  }

  @ParameterizedTest
  @CsvSource({"validation, false, true", "validation, true, false", "test, false, false"})
  void ofThePapersFoldersImagesThatMayBeTestImagesAreWarnedOf(
      String val, boolean withTest, boolean warned) throws Exception {
    write("train_sup_1/image/a.png", "train_sup_1/mask/a.png", "train_unsup_1/image/b.png");
    write("val/image/v.png", "val/mask/v.png");
    if (withTest) {
      write("test/image/t.png", "test/mask/t.png");
    }

    List<String> warnings =
        warnings("data.layout=paper", "data.root='" + root + "'", "data.paper.val=" + val);

    assertThat(warnings.stream().anyMatch(text -> text.contains("data.paper.val")))
        .isEqualTo(warned);
  }

  private List<String> warnings(String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("preset=compact", "data.layout=crag", "data.root='" + root + "'"));
    all.addAll(List.of(settings));
    TrainingConfiguration configuration = configuration(all.toArray(String[]::new));
    return RunData.check(configuration, RunData.forTraining(configuration)).warnings();
  }

  private void assertDrawn(String... layout) throws Exception {
    SampleSet drawn = drawn(layout, "seed=1");

    assertThat(drawn.labelled()).hasSize(2);
    assertThat(drawn.validation()).hasSize(3);
    assertThat(drawn.unlabelled()).hasSize(4);
    assertThat(drawn(layout, "seed=2")).isEqualTo(drawn);
    assertThat(drawn(layout, "data.draw.seed=2")).isNotEqualTo(drawn);
  }

  private static SampleSet drawn(String[] layout, String further) throws Exception {
    List<String> settings = new ArrayList<>(List.of(layout));
    settings.addAll(List.of("data.draw.labelled=2", "data.draw.validation=3", further));
    return samples(settings.toArray(String[]::new));
  }

  private static SampleSet samples(String... settings) throws Exception {
    return RunData.forTraining(configuration(settings));
  }

  private static TrainingConfiguration configuration(String... settings) {
    return ConfigurationLoader.load(Optional.empty(), Optional.empty(), List.of(settings));
  }

  private String folder(String key, String name) {
    return "data.folders." + key + "='" + root.resolve(name) + "'";
  }

  private void writeCrag() throws Exception {
    for (int i = 1; i <= 9; i++) {
      write("train/Images/" + i + ".png", "train/Annotation/" + i + ".png");
    }
    write("valid/Images/t.png", "valid/Annotation/t.png");
  }

  private void write(String... files) throws Exception {
    for (String file : files) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.createFile(root.resolve(file));
    }
  }

  /** Role, image and mask of each sample. */
  private List<String> files(SampleSet samples) {
    return samples.all().stream().map(this::files).toList();
  }

  private String files(Sample sample) {
    return sample.role()
        + " "
        + root.relativize(sample.image())
        + sample.mask().map(mask -> " " + root.relativize(mask)).orElse("");
  }
}
