package io.semimoe.training.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.target.TargetMode;
import io.semimoe.loss.TaskValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationLoaderTest {
  @TempDir Path folder;

  @Test
  void paperHasTheSettingsOfThePaper() {
    TrainingConfiguration c = load("paper");

    assertThat(c.epochs()).isEqualTo(200);
    assertThat(c.batchSize()).isEqualTo(2);
    assertThat(c.network()).isEqualTo(new NetworkSettings(64, 256, 0.1));
    assertThat(c.optimizer())
        .isEqualTo(
            new OptimizerSettings(
                OptimizerSettings.Kind.SGD,
                0.5,
                OptimizerSettings.BatchScaling.NONE,
                0.9,
                5e-5,
                0.9,
                0.999,
                1e-8));
    assertThat(c.schedule().form()).isEqualTo(ScheduleSettings.Form.PAPER);
    assertThat(c.schedule().warmUpEpochs()).isEqualTo(20);
    assertThat(c.schedule().halvingEpochs()).isEqualTo(50);
    assertThat(c.adaptiveLoss())
        .isEqualTo(new AdaptiveLossSettings(1, 0.05, 5e-5, new TaskValues(1, 0.5, 1), 0.4));
    assertThat(c.unsupervisedWeight()).isEqualTo(0.5);
    assertThat(c.data().normalization().kind()).isEqualTo(NormalizationSettings.Kind.PAPER);
    assertThat(c.data().augmentation()).isTrue();
    assertThat(c.data().stainJitter()).isZero();
    assertThat(c.data().distance()).isEqualTo(TargetMode.UNION);
    assertThat(c.data().boundary()).isEqualTo(TargetMode.UNION);
    assertThat(c.supervisedOnly()).isFalse();
    assertThat(c.weightAverage()).isZero();
    assertThat(c.evaluation())
        .isEqualTo(
            new EvaluationSettings(5, EvaluationSettings.Selection.VALIDATION, "pooledDice"));
  }

  @Test
  void theMachineDecidesOnTheDeviceUnlessTold() {
    assertThat(load("paper").runtime())
        .isEqualTo(new RuntimeSettings(0, true, Device.AUTO, true, true));
    assertThat(load("paper", "runtime.device=cuda").runtime().device()).isEqualTo(Device.cuda(0));
    for (String text : List.of("auto", "cpu", "cuda:0", "cuda:12")) {
      assertThat(Device.parse(text)).hasToString(text);
    }
  }

  @Test
  void compactIsASmallNetworkWithTheScaledSchedule() {
    TrainingConfiguration c = load("compact");

    assertThat(c.epochs()).isEqualTo(40);
    assertThat(c.batchSize()).isEqualTo(2);
    assertThat(c.network()).isEqualTo(new NetworkSettings(16, 128, 0.1));
    assertThat(c.optimizer().learningRate()).isEqualTo(0.3);
    assertThat(c.schedule().form()).isEqualTo(ScheduleSettings.Form.SCALED);
    assertThat(c.schedule().warmUpShare()).isEqualTo(0.1);
    assertThat(c.schedule().halvingShares()).containsExactly(0.35, 0.6, 0.85);
    assertThat(c.evaluation().everyEpochs()).isEqualTo(5);
  }

  @Test
  void demoGeneratesItsData() {
    assertThat(load("demo").data().layout()).isEqualTo(DataSettings.Layout.SYNTHETIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "compact", "demo"})
  void writtenConfigurationsReloadEqual(String preset) throws Exception {
    TrainingConfiguration written =
        load(
            preset,
            "data.root=" + folder.resolve("with spaces and ümläut"),
            "evaluation.selection=test-optimistic",
            "runtime.device=cuda:1",
            "optimizer.weightDecay=1e-12");
    Path file = folder.resolve("config.yaml");
    Files.writeString(file, ConfigurationLoader.toYaml(written));

    assertThat(ConfigurationLoader.read(file)).isEqualTo(written);
  }

  @Test
  void filesOfFormerVersionsThatLackAKeyHaveItsDefault() throws Exception {
    TrainingConfiguration written = load("compact", "data.root=x", "data.split=y.csv");
    String yaml = ConfigurationLoader.toYaml(written);
    String former = yaml.replaceAll(" *stainJitter:.*\n", "");
    assertThat(former).isNotEqualTo(yaml);

    assertThat(ConfigurationLoader.read(file(former))).isEqualTo(written);
  }

  @Test
  void theFileOverridesThePresetAndAssignmentsOverrideTheFile() throws Exception {
    Path file = file("preset: paper\nepochs: 7\nnetwork:\n  width: 8\n");
    TrainingConfiguration c =
        ConfigurationLoader.load(
            Optional.empty(), Optional.of(file), List.of("epochs=9", "epochs=11"));

    assertThat(c.preset()).isEqualTo("paper");
    assertThat(c.epochs()).isEqualTo(11);
    assertThat(c.network()).isEqualTo(new NetworkSettings(8, 256, 0.1));
  }

  @Test
  void aNamedPresetWinsOverTheOneInTheFile() throws Exception {
    Path file = file("preset: paper\n");
    TrainingConfiguration c =
        ConfigurationLoader.load(Optional.of("demo"), Optional.of(file), List.of());

    assertThat(c.preset()).isEqualTo("demo");
    assertThat(c.data().layout()).isEqualTo(DataSettings.Layout.SYNTHETIC);
  }

  @Test
  void anAssignedPresetWinsOverTheOneInTheFileToo() throws Exception {
    TrainingConfiguration c =
        ConfigurationLoader.load(
            Optional.empty(),
            Optional.of(file("preset: paper\n")),
            List.of("preset=paper", "preset=demo"));

    assertThat(c)
        .isEqualTo(ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"nonsense, nonsense", "5, 5", "[paper], ''"})
  void anAssignedPresetHasToBeOne(String value, String found) {
    assertThatThrownBy(
            () ->
                ConfigurationLoader.load(
                    Optional.empty(), Optional.empty(), List.of("preset=" + value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("preset: expected one of paper, compact, demo, found " + found);
  }

  @Test
  void aSecondDocumentIsRefused() throws Exception {
    Path file = file("epochs: 2\n---\nepochs: 3\n");

    assertThatThrownBy(() -> ConfigurationLoader.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file + " line 3: expected YAML, found: Trailing token");
  }

  @Test
  void unknownKeysNameTheKeyTheAllowedKeysAndTheFile() throws Exception {
    Path file = file("network:\n  widht: 8\n");

    assertThatThrownBy(() -> ConfigurationLoader.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("network.widht")
        .hasMessageContaining("width, size, dropout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.size=100|network.size: expected a multiple of 16",
        "network.size=0|network.size: expected a multiple of 16",
        "epochs=0| epochs: expected a whole number of at least 1, found 0",
        "data.layout=|data.layout: expected a value, found nothing",
        "data.micronsPerPixel=0|data.micronsPerPixel: expected a number above 0, found 0.0",
        "schedule.halvingShares=[0.5, null]|schedule.halvingShares: expected a value, found nothing",
        "network.width=3|network.width: expected a whole number of at least 4, found 3",
        "network.width=8.5|network.width",
        "network=3|network: expected a section",
        "data.draw.validation=2|data.draw.labelled: expected at least 1",
        "epochs.x=3|epochs: expected a value",
        "epochs=|epochs",
        "epochs=many|epochs",
        "epochs='3'|epochs",
        "supervisedOnly=1|supervisedOnly",
        "optimizer.kind=adam|optimizer.kind: expected one of sgd, adamw, found adam",
        "optimizer.learningRate=NaN|optimizer.learningRate: expected a number above 0",
        "evaluation.metric=dice|evaluation.metric: expected one of [pooledDice, pooledJaccard,",
        "runtime.device=gpu|runtime.device: expected auto, cpu, cuda or cuda:n, found gpu",
        "data.normalization.kind=explicit|data.normalization.mean: expected three numbers",
        "data.stainJitter=1|data.stainJitter: expected a number of at least 0 and below 1, found 1.0",
        "data.stainJitter=-0.1|data.stainJitter: expected a number of at least 0 and below 1, found",
        "data.stainJitter=NaN|data.stainJitter: expected a number of at least 0 and below 1, found",
        "data.stainJitter=light|data.stainJitter: expected a number, found light",
        "epochs=abc|epochs: expected a whole number of at most 2147483647, found abc",
        "epochs=99999999999|epochs: expected a whole number of at most 2147483647, found 99999999999",
        "epochs=1.5|epochs: expected a whole number of at most 2147483647, found 1.5",
        "epochs=|epochs: expected a whole number of at most 2147483647, found nothing",
        "seed='abc'|seed: expected a whole number, found abc",
        "supervisedOnly=often|supervisedOnly: expected true or false, found often",
        "data.normalization.mean=1|data.normalization.mean: expected a list of numbers, as in [0.5, 0.7], found 1",
        "data.normalization.mean=[1, x, 2]|data.normalization.mean: expected a number, found x",
        "data.paper.labelledFolder=[1]|data.paper.labelledFolder: expected a text, found [1]",
        "data.micronsPerPixel=half|data.micronsPerPixel: expected a number, found half",
        "data.micronsPerPixel=[]|data.micronsPerPixel: expected a number, found []",
        "data.micronsPerPixel=true|data.micronsPerPixel: expected a number, found true",
        "data.root=[x]|data.root: expected a path, found a list",
        "data.normalization.std=[0.1, null]|data.normalization.std: expected a value, found nothing",
        "data.normalization.mean=-|data.normalization.mean: expected a value, found nothing",
        "evaluation.metric=|evaluation.metric: expected one of [pooledDice, pooledJaccard,",
        "evaluation.metric=|found nothing",
        "runtime.threads=-1|runtime.threads: expected a whole number of at least 0, found -1",
        "data.loaderThreads=0|data.loaderThreads: expected a whole number of at least 1, found 0",
        "runtime.threads=1025|runtime.threads: expected at most 1024, found 1025",
        "data.loaderThreads=1025|data.loaderThreads: expected at most 1024, found 1025",
        "runtime.device=0|runtime.device: expected auto, cpu, cuda or cuda:n, found 0",
        "optimizer.kind=[]|optimizer.kind: expected one of sgd, adamw, found a list",
        "network.size=5904|network.size: expected at most 5888, found 5904",
        "network=|network: expected a section with keys of width, size, dropout, found nothing",
        "data.folders.labelledImages=x|labelledMasks: expected a folder, since labelledImages is given",
        "data.folders.testMasks=x|data.folders.testImages: expected a folder, since testMasks is given",
        "schedule.halvingShares=[0.5, 2]|schedule.halvingShares: expected a number",
        "adaptiveLoss.coefficients.distance=-1|adaptiveLoss.coefficients.distance: expected",
        "data.normalization.kind=checkpoint|data.normalization.kind: expected another one, since",
        "nonsense=1|unknown key nonsense; allowed here: preset, seed, initialCheckpoint",
        "epochs|expected key.path=value",
        "=3|expected key.path=value",
        ".epochs=3|expected key.path=value",
        "network.=3|expected key.path=value",
        "network..width=8|expected key.path=value",
        "data.root={|expected YAML",
      })
  void wrongAssignmentsNameTheOptionAndWhatWasExpected(String assignment, String message) {
    assertThatThrownBy(() -> load("compact", assignment))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--set " + assignment)
        .hasMessageContaining(message);
  }

  @Test
  void valuesOfAFileAreBlamedOnTheFile() throws Exception {
    Path file = file("network: {size: 100}\n");

    assertThatThrownBy(() -> ConfigurationLoader.read(file))
        .hasMessageStartingWith(file + ": network.size: expected a multiple of 16");
  }

  @Test
  void aValueIsBlamedOnItsOwnOptionAmongThoseOfItsSection() {
    assertThatThrownBy(() -> load("compact", "network.size=100", "network.width=8"))
        .hasMessageStartingWith("--set network.size=100: network.size: expected a multiple of 16");
  }

  @Test
  void repeatedKeysAreRefusedWithTheirLine() throws Exception {
    Path file = file("seed: 1\nepochs: 1\nepochs: 2\n");

    assertThatThrownBy(() -> ConfigurationLoader.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file + " line 3: ")
        .hasMessageContaining("epochs");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("none.yaml");

    assertThatThrownBy(() -> ConfigurationLoader.read(missing))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(missing + ": expected a configuration file, found none");
  }

  @Test
  void aFileThatIsNoTextIsToldInPlainWords() throws Exception {
    Path binary = Files.write(folder.resolve("model.onnx"), new byte[] {8, (byte) 0xff, 0});

    assertThatThrownBy(() -> ConfigurationLoader.read(binary))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(binary + ": expected a configuration file in UTF-8, found other bytes");
    assertThatThrownBy(() -> ConfigurationLoader.read(folder))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(folder + ": expected a readable configuration file, found")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void anUnknownPresetListsThePresets() {
    assertThatThrownBy(() -> load("huge"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("preset: expected one of paper, compact, demo, found huge");
  }

  @Test
  void anEmptyFileChangesNothing() throws Exception {
    assertThat(
            ConfigurationLoader.load(
                Optional.of("compact"), Optional.of(file("# nothing yet\n")), List.of()))
        .isEqualTo(load("compact"));
  }

  @Test
  void theLeastValuesAreAllowed() {
    TrainingConfiguration c = load("compact", "network.size=16", "optimizer.weightDecay=0");

    assertThat(c.network().size()).isEqualTo(16);
    assertThat(c.optimizer().weightDecay()).isZero();
  }

  @Test
  void theGreatestValuesAreAllowed() {
    TrainingConfiguration c = load("compact", "network.size=5888", "runtime.threads=1024");

    assertThat(c.network().size()).isEqualTo(5888);
    assertThat(c.runtime().threads()).isEqualTo(1024);
  }

  @Test
  void noNumberOfThreadsStandsForTheProcessors() {
    assertThat(load("compact", "runtime.threads=3").runtime().threadsOrProcessors()).isEqualTo(3);
    assertThat(load("compact", "runtime.threads=0").runtime().threadsOrProcessors())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void exponentsNeedNoDecimalPoint() {
    assertThat(load("paper", "optimizer.learningRate=1e-3").optimizer().learningRate())
        .isEqualTo(1e-3);
  }

  @Test
  void layoutsWithoutTheirPlacesAreRefusedBeforeTraining() {
    assertThatThrownBy(() -> load("compact").data().requirePlaces())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("data.root");
    assertThatThrownBy(() -> load("compact", "data.root=x").data().requirePlaces())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("data.split");
    assertThatThrownBy(() -> load("compact", "data.layout=paper").data().requirePlaces())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("data.root");
    assertThatThrownBy(() -> load("compact", "data.layout=folders").data().requirePlaces())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("data.folders.labelledImages");
    load("compact", "data.root=x", "data.draw.labelled=17").data().requirePlaces();
    load(
            "compact",
            "data.layout=folders",
            "data.folders.labelledImages=x",
            "data.folders.labelledMasks=y",
            "data.draw.labelled=17")
        .data()
        .requirePlaces();
    load("compact", "data.root=x", "data.layout=paper").data().requirePlaces();
    load("demo").data().requirePlaces();
  }

  @ParameterizedTest
  @CsvSource({
    "folders, data.root=x.csv, 'data.root: expected nothing with data.layout folders'",
    "folders, data.split=x.csv, 'data.split: expected no file with data.layout folders'",
    "paper, data.split=x.csv, 'data.split: expected no file with data.layout paper'",
    "synthetic, data.split=x.csv, 'data.split: expected no file with data.layout synthetic'",
    "paper, data.draw.labelled=3, 'data.draw.labelled: expected 0 with data.layout paper'",
    "synthetic, data.draw.labelled=3, 'data.draw.labelled: expected 0 with data.layout synthetic'",
  })
  void aSplitOrDrawThatTheLayoutWouldIgnoreIsRefused(
      String layout, String setting, String message) {
    TrainingConfiguration c =
        load(
            "compact",
            "data.layout=" + layout,
            "data.root=" + (layout.equals("folders") ? "" : "x"),
            "data.folders.labelledImages=x",
            "data.folders.labelledMasks=y",
            setting);

    assertThatThrownBy(() -> c.data().requirePlaces())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageMatching(".*, found (3|.*x\\.csv)");
  }

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("own.yaml"), text);
  }

  private static TrainingConfiguration load(String preset, String... assignments) {
    return ConfigurationLoader.load(Optional.of(preset), Optional.empty(), List.of(assignments));
  }
}
