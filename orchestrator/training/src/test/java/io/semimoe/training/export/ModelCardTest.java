package io.semimoe.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.training.configuration.EvaluationSettings.Selection;
import io.semimoe.training.run.ExportedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCardTest {
  @TempDir private Path folder;

  @Test
  void tellsTheMetricsOfEachSplitWithTheirDefinitions() throws Exception {
    String card =
        card(
            new Facts(folder)
                .withMetric("validation", "pooledDice@128", 0.87654)
                .withMetric("test", "pooledDice@128", 0.8)
                .withMetric("test", "objectTruePositives@original", 1)
                .withMetric("test", "separatedObjectTruePositives@original", 2));

    assertThat(card)
        .contains(
            "## Validation",
            "| metric | validation | test |",
            "| pooled Dice @ 128 | 0.8765 | 0.8000 |",
            "| object true positives @ original |  | 1 |",
            "| separated object true positives @ original |  | 2 |",
            "Separated objects are those that `predict` writes by default",
            "- pooled Dice: 2·|P∩T| / (|P|+|T|) over all pixels of all images",
            "above 0.5");
  }

  @ParameterizedTest
  @CsvSource({
    "VALIDATION, chosen by its pooledDice on the validation images; figures on them are therefore",
    "TEST_OPTIMISTIC, '**The checkpoint was chosen on the test images, so that their figures are'",
    "LAST, No metric chose the checkpoint."
  })
  void tellsHowTheCheckpointWasChosen(Selection selection, String text) throws Exception {
    Facts facts =
        new Facts(folder).withMetric("validation", "pooledDice@128", 0.9).withSelection(selection);

    assertThat(card(facts)).contains(text);
  }

  @Test
  void saysWhatIsUnknown() throws Exception {
    String card = card(new Facts(folder));

    assertThat(card)
        .contains(
            "Unknown: the training did not evaluate this checkpoint",
            "| images | unknown |",
            "Pixel size: none",
            "Authors: unknown. License: none was named");
  }

  @Test
  void tellsWhereTheModelComesFrom() throws Exception {
    String card =
        card(
            new Facts(folder)
                .withImages("labelled", 17)
                .withImages("unlabelled", 68)
                .withMicronsPerPixel(0.5)
                .withCredits(new Credits(List.of("A", "B"), Optional.of("MIT"))));

    assertThat(card)
        .contains(
            "| images | 17 labelled, 68 unlabelled |",
            "| epochs | 3 of 5 |",
            "| seed | 7 |",
            "| weights at the start | drawn at random |",
            "| program | semi-moe 1.2.3 |",
            "`cc`",
            "`dd`",
            "Pixel size: 0.5 µm",
            "Authors: A, B. License: MIT.");
  }

  @ParameterizedTest
  @CsvSource({
    "supervisedOnly=false, | method | semi-supervised |",
    "supervisedOnly=true, | method | labelled images alone |",
    "weightAverage=0, | weights of the model | as trained, not averaged |",
    "weightAverage=0.125, | weights of the model | running average, weightAverage 0.125 |",
    "data.layout=synthetic, | layout | synthetic: generated images",
    "data.layout=glas, | layout | glas |"
  })
  void tellsHowAndOnWhatItWasTrained(String setting, String line) throws Exception {
    assertThat(card(new Facts(folder).withSetting(setting))).contains(line);
  }

  @Test
  void namesTheCheckpointThatTheTrainingBeganWith() throws Exception {
    assertThat(card(new Facts(folder).withInitialCheckpoint("ee")))
        .contains("| weights at the start | those of a trained checkpoint, SHA-256 `ee` |");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MODEL_CARD")
  void namesTheFilesBesideIt(ExportedFile file) throws Exception {
    assertThat(card(new Facts(folder)))
        .containsPattern("\\| .*`\\Q" + file.fileName() + "\\E`.* \\|");
  }

  @Test
  void itsExampleTakesTheObjectsThatSuitTheImage() throws Exception {
    assertThat(card(new Facts(folder)))
        .contains("result.objects().objects()")
        .doesNotContain("ObjectOptions");
  }

  @Test
  void namesLimitsAndTerms() throws Exception {
    assertThat(card(new Facts(folder)))
        .contains("Not a medical device", "The terms of the training images apply");
  }

  @Test
  void creditsThatTheFormatForbidsAreRefused() {
    assertThatThrownBy(() -> new Credits(List.of("A/B"), Optional.empty()))
        .hasMessage("author: expected a name without slashes, found 'A/B'");
    assertThatThrownBy(() -> new Credits(List.of(), Optional.of("my own")))
        .hasMessageContaining("license: expected an identifier of SPDX");
  }

  private static String card(Facts facts) throws Exception {
    return new ModelCard(facts.write()).text();
  }
}
