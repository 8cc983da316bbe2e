package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir Path folder;

  @Test
  void aWrongNameIsAnsweredWithThoseOfTheHelp() {
    Invocation wrong = Invocation.of("predict", "-m", "x", "-o", "y", "--write", "outlines", "z");

    assertThat(wrong.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.err())
        .contains(
            "expected one of mask, probability, overlay, overlay-jpeg, labels, geojson, csv, found"
                + " outlines");
  }

  @Test
  void helpIsNoError() {
    Invocation help = Invocation.of("--help");

    assertThat(help.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(help.out()).contains("check-data", "Exit codes");
  }

  @Test
  void theVersionIsNoErrorOfAnyCommand() {
    for (Invocation version : List.of(Invocation.of("--version"), Invocation.of("train", "-V"))) {
      assertThat(version.exitCode()).isEqualTo(ExitCodes.OK);
      assertThat(version.out().lines()).containsExactly("semi-moe " + Version.text());
    }
  }

  @Test
  void aMissingCommandIsAUsageError() {
    assertThat(Invocation.of().exitCode()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    Invocation wrong = Invocation.of("doctor", "--nonsense");

    assertThat(wrong.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("semi-moe: ").contains("--nonsense"),
            line -> assertThat(line).contains("`semi-moe doctor --help`"));
  }

  @Test
  void argumentsComeFromAFileToo() throws Exception {
    Path arguments = Files.writeString(folder.resolve("arguments"), "check-data\n--set x=1\n");

    Invocation check = Invocation.of("@" + arguments);

    assertThat(check.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(check.err()).contains("unknown key x");
  }

  @Test
  void anUnknownKeyIsAUsageError() {
    Invocation check = Invocation.of("check-data", "--set", "network.depth=3");

    assertThat(check.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(check.err()).contains("network.depth").contains("width, size, dropout");
  }

  @Test
  void aPresetWithoutDataIsAUsageError() {
    Invocation check = Invocation.of("check-data", "--preset", "compact");

    assertThat(check.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(check.err()).contains("data.root");
  }

  @Test
  void imagesThatAreGeneratedCannotBeCheckedBefore() {
    Invocation check = Invocation.of("check-data", "--preset", "demo");

    assertThat(check.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(check.err()).contains("data.root", "demo and train generate them");
  }

  @Test
  void aDemoThatIsThereAlreadyIsKept() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine"), "text");

    Invocation demo = Invocation.of("demo", "-o", folder);

    assertThat(demo.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(demo.err())
        .contains(folder + " is not empty", "--overwrite", "`semi-moe demo --help`")
        .doesNotContain("train");
    assertThat(mine).hasContent("text");
  }

  @Test
  void aFolderOfSomethingElseIsNotOverwrittenByADemo() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine"), "text");

    Invocation demo = Invocation.of("demo", "--overwrite", "-o", folder);

    assertThat(demo.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(demo.err()).contains(folder + ": will not be overwritten");
    assertThat(mine).hasContent("text");
  }

  @Test
  void aDemoEndsWithTheExitCodeOfTheFirstStepThatFails() throws Exception {
    Path below = Files.writeString(folder.resolve("file"), "text").resolve("run");

    Invocation demo = Invocation.of("demo", "-o", below);

    assertThat(demo.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(demo.err()).contains("$ semi-moe train").doesNotContain("$ semi-moe evaluate");
  }

  @Test
  void theStepsOfADemoAreAsVerboseAsItIs() throws Exception {
    Path below = Files.writeString(folder.resolve("file"), "text").resolve("run");

    Invocation brief = Invocation.of("demo", "-o", below);
    Invocation verbose = Invocation.of("demo", "-v", "-o", below);

    assertThat(brief.err()).contains("$ semi-moe train").doesNotContain("\tat ");
    assertThat(verbose.err()).contains("$ semi-moe train").contains("\tat ");
  }

  @Test
  void goodDataPassTheCheck() throws Exception {
    Path split = writeData();

    Invocation check = Invocation.of("check-data", "--data", data(), "--split", split, "--json");

    assertThat(check.exitCode()).isEqualTo(ExitCodes.OK);
    JsonNode report = new ObjectMapper().readTree(check.out());
    assertThat(report.get("usable").booleanValue()).isTrue();
    JsonNode labelled = report.get("roles").get(0);
    assertThat(labelled.get("images").intValue()).isEqualTo(2);
    assertThat(labelled.get("smallest").textValue()).isEqualTo("64×64");
    assertThat(labelled.get("largest").textValue()).isEqualTo("64×64");
    assertThat(labelled.get("foregroundShare").doubleValue()).isBetween(0.1, 0.9);
    assertThat(labelled.get("mostObjects").intValue())
        .isGreaterThanOrEqualTo(labelled.get("fewestObjects").intValue());
  }

  @Test
  void aMissingCheckpointToBeginWithIsFoundByTheCheckToo() throws Exception {
    Path missing = folder.resolve("best");

    Invocation check =
        Invocation.of(
            "check-data",
            "--data",
            data(),
            "--split",
            writeData(),
            "--initial-checkpoint",
            missing);

    assertThat(check.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(check.err()).contains(missing.toString());
  }

  @Test
  void aMaskOfAnotherSizeIsADataError() throws Exception {
    Path split = writeData();
    Path mask = data().resolve("train_1_anno.png");
    PngFiles.writeLabels(mask, new LabelMap(8, 8, new int[64]));

    Invocation check = Invocation.of("check-data", "--data", data(), "--split", split);

    assertThat(check.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(check.out()).contains(mask.toString()).contains("64").contains("8");

    Invocation json = Invocation.of("check-data", "--data", data(), "--split", split, "--json");

    assertThat(json.exitCode()).isEqualTo(ExitCodes.DATA);
    JsonNode report = new ObjectMapper().readTree(json.out());
    assertThat(report.get("usable").booleanValue()).isFalse();
    assertThat(report.get("errors").get(0).textValue()).contains(mask.toString());
  }

  @Test
  void aMissingFolderIsADataError() {
    Path missing = folder.resolve("missing");

    Invocation check =
        Invocation.of("check-data", "--data", missing, "--set", "data.draw.labelled=1");

    assertThat(check.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(check.err()).contains(missing.toString());
  }

  @Test
  void aFolderMayHaveANumberForAName() {
    Invocation check =
        Invocation.of("check-data", "--data", "010", "--set", "data.draw.labelled=1");

    assertThat(check.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(check.err()).contains(Path.of("010").toAbsolutePath() + ": folder not found");
  }

  @Test
  void doctorReadsAsJson() throws Exception {
    Invocation doctor = Invocation.of("doctor", "--json");

    JsonNode report = new ObjectMapper().readTree(doctor.out());
    assertThat(doctor.exitCode())
        .isEqualTo(report.get("canTrain").booleanValue() ? ExitCodes.OK : ExitCodes.NATIVE);
    assertThat(report.get("findings").findValuesAsText("subject"))
        .contains("java", "processors", "memory", "prediction", "onnx runtime");
    for (JsonNode finding : report.get("findings")) {
      switch (finding.get("subject").textValue()) {
        case "onnx runtime" -> assertThat(finding.get("ok")).isEqualTo(report.get("canTrain"));
        case "prediction" -> {
          assertThat(finding.get("ok").booleanValue()).isTrue();
          assertThat(finding.get("finding").textValue())
              .startsWith("1.24.1, " + System.getProperty("semimoe.natives.dir"));
        }
        case "image formats" ->
            assertThat(finding.get("finding").textValue()).contains("png", "bmp", "tif", "jpg");
        case "memory" ->
            assertThat(finding.get("finding").textValue())
                .contains("at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB for Java");
        default -> {}
      }
    }
  }

  @Test
  void doctorTellsPeopleWhatItTellsPrograms() throws Exception {
    JsonNode findings =
        new ObjectMapper().readTree(Invocation.of("doctor", "--json").out()).get("findings");

    List<String> lines = Invocation.of("doctor").out().lines().toList();

    assertThat(lines).hasSameSizeAs(findings);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode finding = findings.get(i);
      assertThat(lines.get(i))
          .startsWith(finding.get("ok").booleanValue() ? "ok " : "BAD ")
          .contains(finding.get("subject").textValue())
          .endsWith(finding.get("finding").textValue());
    }
  }

  private Path data() {
    return folder.resolve("data with spaces");
  }

  private Path writeData() throws Exception {
    return SyntheticDataset.write(
        data(), new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(2, 2, 1, 1));
  }
}
