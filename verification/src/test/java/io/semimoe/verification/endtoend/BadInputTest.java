package io.semimoe.verification.endtoend;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.cli.SemiMoe;
import io.semimoe.dataset.file.FileLock;
import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.training.run.RunFolder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input is refused before any training: with the documented exit code, a message that says what
 * was expected, what was found, where, and what to do, and without a trace on the disk.
 */
class BadInputTest {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final int NATIVE = 5;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path goodData;
  private static Path finishedRun;
  private static Map<String, ByteBuffer> finishedContents;
  private Path data;
  private Path split;
  private Path run;

  @BeforeAll
  static void trainOnce() throws Exception {
    finishedRun = shared.resolve("run");
    goodData = shared.resolve("data");
    Path split = SmallTraining.writeData(goodData);
    ProgramRun train =
        ProgramRun.of(
            SmallTraining.command(finishedRun, SmallTraining.on(split)), "--set", "epochs=1");
    assertThat(train.exitCode()).as(train.err()).isZero();
    finishedContents = FolderContents.of(finishedRun);
  }

  @BeforeEach
  void copyData() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    split = data.resolve("split.csv");
    for (Map.Entry<String, ByteBuffer> file : FolderContents.of(goodData).entrySet()) {
      Files.write(data.resolve(file.getKey()), file.getValue().array());
    }
    run = folder.resolve("run");
  }

  @Test
  void aMissingImage() throws Exception {
    Files.delete(data.resolve("testA_1.png"));
    Files.delete(data.resolve("testA_1_anno.png"));

    refused(train(), DATA, "split.csv: line", "expected an image of " + data, "found 'testA_1'");
  }

  @Test
  void anImageThatIsNone() throws Exception {
    Path image = data.resolve("train_5.png");
    Files.writeString(image, "no picture at all");

    refused(train(), DATA, image.toString(), "expected", "found");
  }

  @Test
  void anImageThatIsCutShort() throws Exception {
    Path image = data.resolve("train_1.png");
    byte[] whole = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(whole, whole.length / 2));

    refused(train(), DATA, image.toString(), "expected", "found");
  }

  @Test
  void aMaskThatIsNone() throws Exception {
    Path mask = data.resolve("testA_1_anno.png");
    Files.write(mask, new byte[0]);

    refused(train(), DATA, mask.toString(), "expected", "found");
  }

  @Test
  void aMaskOfAnotherSize() throws Exception {
    Path mask = data.resolve("train_2_anno.png");
    PngFiles.writeLabels(mask, new LabelMap(80, 72, new int[80 * 72]));

    refused(
        train(),
        DATA,
        mask.toString(),
        "expected 64×64 pixels as in " + data.resolve("train_2.png"),
        "found 80×72",
        "replace the mask or the image");
  }

  @Test
  void aLabelledImageWithoutMask() throws Exception {
    Files.delete(data.resolve("train_3_anno.png"));

    refused(train(), DATA, data.resolve("train_3.png").toString(), "mask", "expected", "found");
  }

  @Test
  void aMaskWithoutImage() throws Exception {
    Path image = data.resolve("train_2.png");
    Files.delete(image);

    refused(
        train(), DATA, data.resolve("train_2_anno.png").toString(), "image", "expected", "found");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws Exception {
    Files.delete(data.resolve("train_2.png"));
    Files.writeString(data.resolve("split.csv"), "nobody,test\nsomebody,chair\n", APPEND);

    refused(train(), DATA, "split.csv: line 17", "chair");

    Files.writeString(split, Files.readString(split).replace("somebody,chair\n", ""));
    refused(train(), DATA, "train_2_anno.png", "nobody");
  }

  @Test
  void aSplitThatNamesAnUnknownImage() throws Exception {
    Files.writeString(split, "train_99,test\n", APPEND);

    refused(
        train(),
        DATA,
        split + ": line 16",
        "expected an image of " + data,
        "'train_99'",
        "nearest");
  }

  @Test
  void aMissingSplit() throws Exception {
    Files.delete(split);

    refused(train(), DATA, split.toString(), "not found", "expected a CSV file", "name,role");
  }

  @Test
  void aSplitWithoutEnd() {
    split = Path.of("/dev/zero");

    refused(
        train(), DATA, "/dev/zero: the split file cannot be read: it has more than 67108864 bytes");
  }

  @Test
  void aMissingDataFolder() {
    data = folder.resolve("nowhere");
    split = data.resolve("split.csv");

    refused(train(), DATA, data.toString(), "not found", "expected");
  }

  @Test
  void anEmptyLabelledSet() throws Exception {
    Files.writeString(split, Files.readString(split).replace(",labeled", ",unlabeled"));

    refused(train(), DATA, split.toString(), "no labelled images", "expects at least 1", "found 0");
  }

  @Test
  void anEmptyLabelledSetOfASupervisedTraining() throws Exception {
    Files.writeString(split, Files.readString(split).replace(",labeled", ",unlabeled"));

    refused(
        train("--set", "supervisedOnly=true"),
        DATA,
        split.toString(),
        "no labelled images",
        "expects at least 1",
        "found 0");
  }

  @Test
  void aSizeThatIsNoMultipleOfSixteen() {
    refused(
        train("--set", "network.size=40"),
        USAGE,
        "--set network.size=40: network.size: expected a multiple of 16",
        "found 40");
  }

  @Test
  void anUnknownKeyOnTheCommandLine() {
    refused(
        train("--set", "network.depth=3"),
        USAGE,
        "--set network.depth=3: unknown key network.depth",
        "width, size, dropout");
  }

  @Test
  void anUnknownKeyInAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("my.yaml"), "epoch: 3\n");

    refused(train("--config", file), USAGE, file + ": unknown key epoch", "epochs");
  }

  @Test
  void aConfigurationWithoutEnd() {
    Path file = Path.of("/dev/zero");

    refused(
        train("--config", file),
        USAGE,
        file + ": expected a readable configuration file",
        "more than 67108864 bytes");
  }

  @Test
  void aRunFolderBelowAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    run = file.resolve("run");

    refused(train(), DATA, run.toString(), "folder of a run", "choose a folder");
    assertThat(file).hasContent("content");
  }

  @Test
  void aRunFolderThatIsAFile() throws Exception {
    run = Files.writeString(folder.resolve("file"), "content");

    ProgramRun train = train();

    assertThat(train.exitCode()).isEqualTo(DATA);
    assertThat(train.err()).contains(run.toString(), "expected a folder", "found a file", "choose");
    assertThat(run).hasContent("content");
  }

  @Test
  void aRunFolderThatCannotBeMade() {
    run = Path.of("/dev/null/run");

    refused(train(), DATA, run.toString(), "folder of a run", "choose a folder");
  }

  @Test
  void aFolderOfSomethingElseIsNotOverwritten() throws Exception {
    Files.createDirectories(run);
    Path thesis = Files.writeString(run.resolve("metrics.csv"), "years of work");

    ProgramRun train = train("--overwrite");

    assertThat(train.exitCode()).isEqualTo(DATA);
    assertThat(train.err()).contains(run.toString(), "will not be overwritten", "choose another");
    assertThat(thesis).hasContent("years of work");
  }

  @Test
  void anExistingRunIsKeptWithoutOverwrite() throws Exception {
    run = finishedRun;

    keepsTheRun(train(), USAGE, run.toString(), "not empty", "resume", "--overwrite");
  }

  @Test
  void aRunThatIsBeingTrainedIsNeitherResumedNorOverwritten() throws Exception {
    run = finishedRun;
    FileLock lock = RunFolder.open(run).lock();
    try (lock) {
      for (ProgramRun second : List.of(ProgramRun.of("resume", run), train("--overwrite"))) {
        keepsTheRun(second, DATA, run.toString(), "a training that is under way");
      }
    }
  }

  @Test
  void badDataDoNotCostAnExistingRun() throws Exception {
    run = finishedRun;
    Files.writeString(data.resolve("train_1.png"), "no picture");

    keepsTheRun(train("--overwrite"), DATA, "train_1.png");
  }

  @Test
  void aMissingDeviceDoesNotCostAnExistingRun() throws Exception {
    run = finishedRun;

    keepsTheRun(train("--overwrite", "--device", "cuda:99"), NATIVE, "CUDA device 99", "CPU");
  }

  @Test
  void aRunThatIsToGoOnWhereThereIsNoDevice() throws Exception {
    for (String command : List.of("resume", "evaluate")) {
      keepsTheRun(
          ProgramRun.of(command, finishedRun, "--device", "cuda:99"), NATIVE, "CUDA device 99");
      keepsTheRun(
          ProgramRun.of(command, finishedRun, "--device", "gpu"),
          USAGE,
          "expected auto, cpu, cuda or cuda:n, found gpu");
    }
  }

  @Test
  void generatedImagesThatAreInTheWayDoNotCostAnExistingRun() throws Exception {
    run = finishedRun;

    keepsTheRun(
        train("--overwrite", "--set", "data.layout=synthetic"), DATA, data.toString(), "expected");
  }

  @Test
  void aPlatformWithoutNatives() throws Exception {
    List<Object> arguments = SmallTraining.command(run, SmallTraining.on(split));

    ProgramRun train =
        ChildJvm.start(folder, List.of("-Dos.arch=riscv64"), SemiMoe.class, arguments.toArray())
            .await();

    refused(train, NATIVE, "expected Linux on x86-64 to train on, found", "riscv64");
  }

  @Test
  void aPlatformWithoutNativesIsADiagnosisOfTheDoctor() throws Exception {
    ProgramRun doctor =
        ChildJvm.start(folder, List.of("-Dos.arch=riscv64"), SemiMoe.class, "doctor").await();

    assertThat(doctor.exitCode()).as(doctor.err()).isEqualTo(NATIVE);
    assertThat(doctor.out()).containsPattern("(?m)^BAD +onnx runtime .*riscv64");
  }

  private ProgramRun train(Object... further) {
    return ProgramRun.of(SmallTraining.command(run, SmallTraining.on(split)), further);
  }

  /** Checks that a training was refused and left no run folder. */
  private void refused(ProgramRun train, int exitCode, String... message) {
    assertThat(train.exitCode()).as(train.err()).isEqualTo(exitCode);
    assertThat(train.err()).contains(message).doesNotContain("Exception");
    assertThat(train.out()).isEmpty();
    assertThat(Files.exists(run)).as("the run folder was made").isFalse();
  }

  private void keepsTheRun(ProgramRun train, int exitCode, String... message) throws Exception {
    assertThat(train.exitCode()).as(train.err()).isEqualTo(exitCode);
    assertThat(train.err()).contains(message).doesNotContain("Exception");
    assertThat(FolderContents.of(finishedRun)).isEqualTo(finishedContents);
  }
}
