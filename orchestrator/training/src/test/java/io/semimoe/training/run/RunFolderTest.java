package io.semimoe.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          "0.1.0",
          "17.0.1 (Somebody)",
          "Linux 6 amd64",
          2,
          "1.24.1",
          List.of("CPU"),
          "aa",
          "bb",
          Map.of("labelled", 17),
          Optional.of("cc"),
          Map.of("seed", 1234567890123L),
          List.of(new Provenance.Session(Instant.parse("2026-01-02T03:04:05Z"), Optional.empty())));

  @TempDir private Path temporary;

  @Test
  void aNewFolderIsMadeWithItsParents() throws DataException {
    Path root = temporary.resolve("läufe").resolve("run 1");
    RunFolder folder = RunFolder.create(root, false);
    assertThat(folder.checkpoints()).isEmptyDirectory();
    assertThat(folder.export()).isEmptyDirectory();
    assertThat(root.toFile().list()).containsExactlyInAnyOrder("checkpoints", "export");
  }

  @Test
  void whatIsInAFolderIsNotMixedWithANewRun() throws Exception {
    Path file = Files.createFile(temporary.resolve("mine.txt"));
    assertThatThrownBy(() -> RunFolder.create(temporary, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(temporary.toString())
        .hasMessageContaining("expected an empty folder for a new run, found 1 entries");
    assertThat(file).exists();
  }

  @Test
  void aFolderThatIsNoRunIsNeverOverwritten() throws Exception {
    Path mine = Files.createDirectory(temporary.resolve("checkpoints")).resolve("mine");
    Files.createFile(mine);
    Files.writeString(temporary.resolve("provenance.json"), "{\"program\":\"another\"}");
    assertThatThrownBy(() -> RunFolder.create(temporary, true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("will not be overwritten");
    assertThat(mine).exists();
  }

  @Test
  void overwritingRemovesWhatARunOwnsAndNothingElse() throws Exception {
    RunFolder old = RunFolder.create(temporary, false);
    old.writeProvenance(PROVENANCE);
    old.writeConfiguration("epochs: 1\n");
    Files.createFile(old.latestCheckpoint());
    Files.createFile(old.checkpoints().resolve(".best.tmp"));
    Files.createFile(old.export().resolve("rdf.yaml"));
    Files.createFile(old.export().resolve(".model.onnx." + UUID.randomUUID() + ".tmp"));
    Files.createFile(temporary.resolve("events.out.tfevents.1.x"));
    Files.createFile(temporary.resolve(".metrics.csv.tmp"));
    Path notes = Files.createFile(temporary.resolve("notes.txt"));
    Path outside = Files.createDirectory(temporary.resolve("other")).resolve("file");
    Files.createFile(outside);
    Path backup = Files.createFile(old.checkpoints().resolve("latest-of-monday"));
    Path copy = Files.createDirectory(old.export().resolve("v1")).resolve("model.onnx");
    Files.createFile(copy);

    RunFolder.create(temporary, true);

    assertThat(temporary.toFile().list())
        .containsExactlyInAnyOrder("checkpoints", "export", "notes.txt", "other", ".lock");
    assertThat(old.checkpoints().toFile().list()).containsExactly("latest-of-monday");
    assertThat(old.export().toFile().list()).containsExactly("v1");
    for (Path own : List.of(notes, outside, backup, copy)) {
      assertThat(own).exists();
    }
  }

  @Test
  void aFolderIsLockedForOneTrainingAtATime() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    folder.writeProvenance(PROVENANCE);
    FileLock lock = folder.lock();
    for (ThrowingCallable second :
        List.<ThrowingCallable>of(
            () -> RunFolder.open(temporary).lock(), () -> RunFolder.create(temporary, true))) {
      assertThatThrownBy(second)
          .isInstanceOf(DataException.class)
          .hasMessageContaining(temporary.toString())
          .hasMessageContaining("a training that is under way");
    }
    assertThat(folder.readProvenance()).isEqualTo(PROVENANCE);

    lock.close();
    lock.close();

    folder.lock().close();
    RunFolder.create(temporary, true).lock().close();
  }

  /** Closing a channel of a file gives its locks back, also where it was opened in vain. */
  @Test
  void aSecondAttemptLeavesTheFolderLockedToOtherProcesses() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    FileLock lock = folder.lock();
    assertThatThrownBy(folder::lock).isInstanceOf(DataException.class);

    assertThat(exitCodeOfAnotherProcess()).isEqualTo(LockProbe.LOCKED);
    lock.close();
    assertThat(exitCodeOfAnotherProcess()).isEqualTo(LockProbe.FREE);
  }

  private int exitCodeOfAnotherProcess() throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            LockProbe.class.getName(),
            temporary.resolve(".lock").toString())
        .start()
        .waitFor();
  }

  @Test
  void aFolderInWhichNothingCanBeLockedIsTrainedInAllTheSame() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    Files.createDirectory(temporary.resolve(".lock"));

    folder.lock().close();
  }

  @Test
  void aLinkIsRemovedWithoutWhatItPointsTo() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path precious = Files.createFile(elsewhere.resolve("precious"));
    Path root = temporary.resolve("run");
    RunFolder old = RunFolder.create(root, false);
    old.writeProvenance(PROVENANCE);
    Files.delete(old.export());
    Files.createSymbolicLink(old.export(), elsewhere);
    Files.createSymbolicLink(old.bestCheckpoint(), elsewhere);

    RunFolder.create(root, true);

    assertThat(precious).exists();
    assertThat(old.export()).isEmptyDirectory();
  }

  @Test
  void aPlaceThatCannotBeAFolderIsToldWithItsName() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> RunFolder.create(file, true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found a file");
    assertThatThrownBy(() -> RunFolder.create(file.resolve("below"), false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.resolve("below").toString())
        .hasMessageContaining("choose a folder that can be written");
  }

  @Test
  void onlyTheFolderOfARunCanBeOpenedAgain() throws Exception {
    assertThatThrownBy(() -> RunFolder.open(temporary.resolve("missing")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> RunFolder.open(temporary))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not the folder of a run");
    RunFolder.create(temporary, false).writeProvenance(PROVENANCE);
    assertThat(RunFolder.open(temporary).readProvenance()).isEqualTo(PROVENANCE);
  }

  @Test
  void openingARunOnlyReads() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    folder.writeProvenance(PROVENANCE);
    Files.delete(folder.export());

    RunFolder opened = RunFolder.open(temporary);
    assertThat(folder.export()).doesNotExist();

    opened.writable();
    assertThat(folder.export()).isEmptyDirectory();
  }

  @Test
  void theProvenanceIsItsPartsInOrder() {
    assertThat(
            PROVENANCE.resumed().ended().toJson().replaceAll("\"20(?!26-01-02)[^\"]*Z\"", "\"T\""))
        .isEqualToNormalizingNewlines(
            """
            {
              "program" : "semi-moe",
              "version" : "0.1.0",
              "java" : "17.0.1 (Somebody)",
              "operatingSystem" : "Linux 6 amd64",
              "processors" : 2,
              "onnxRuntime" : "1.24.1",
              "providers" : [ "CPU" ],
              "configurationSha256" : "aa",
              "dataSha256" : "bb",
              "images" : {
                "labelled" : 17
              },
              "initialCheckpointSha256" : "cc",
              "seeds" : {
                "seed" : 1234567890123
              },
              "sessions" : [ {
                "started" : "2026-01-02T03:04:05Z"
              }, {
                "started" : "T",
                "ended" : "T"
              } ]
            }
            """);
  }

  @Test
  void aDamagedProvenanceIsNamed() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    folder.writeProvenance(PROVENANCE);
    String json = Files.readString(folder.provenance());
    for (String damaged : List.of(json.substring(0, 200), json.replace("\"seeds\"", "\"seed\""))) {
      Files.writeString(folder.provenance(), damaged);

      assertThatThrownBy(() -> RunFolder.open(temporary))
          .isInstanceOf(DataException.class)
          .hasMessage(
              folder.provenance()
                  + ": expected the provenance of a run of this program, found something else or a"
                  + " damaged one; put back a copy");
    }
  }

  @Test
  void anOldProvenanceDoesNotTellTheNumberOfImages() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    folder.writeProvenance(PROVENANCE);
    String json = Files.readString(folder.provenance());
    Files.writeString(folder.provenance(), json.replaceFirst("(?s)\"images\" : \\{[^}]*\\},", ""));

    assertThat(json).contains("\"labelled\" : 17");
    assertThat(folder.readProvenance().images()).isEmpty();
  }

  @Test
  void provenanceTellsOfEveryResumption() throws Exception {
    RunFolder folder = RunFolder.create(temporary, false);
    folder.writeProvenance(PROVENANCE.ended().resumed());
    List<Provenance.Session> sessions = folder.readProvenance().sessions();
    assertThat(sessions).hasSize(2);
    assertThat(sessions.get(0).started()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(sessions.get(0).ended()).isPresent();
    assertThat(sessions.get(1).ended()).isEmpty();
  }

  @Test
  void theHashOfTheDataDependsOnNamesAndLengthsButNotOnThePlaceOrTheOrder() throws IOException {
    Path one = files("one", "a", "bb");
    Path other = files("other", "a", "bb");
    Path longer = files("longer", "a", "bbb");
    String hash = Provenance.hashOfFiles(one, List.of(one.resolve("0"), one.resolve("1")));
    // printf '0\t1\n1\t2\n' | sha256sum
    assertThat(hash).isEqualTo("0cd09ca5f947c48ef314d979f0b9b7be7dfb793a2e826db6d5be03d8141d5618");
    assertThat(Provenance.hashOfFiles(other, List.of(other.resolve("1"), other.resolve("0"))))
        .isEqualTo(hash);
    assertThat(Provenance.hashOfFiles(longer, List.of(longer.resolve("0"), longer.resolve("1"))))
        .isNotEqualTo(hash);
  }

  private Path files(String folder, String... contents) throws IOException {
    Path root = Files.createDirectory(temporary.resolve(folder));
    for (int i = 0; i < contents.length; i++) {
      Files.writeString(root.resolve(Integer.toString(i)), contents[i]);
    }
    return root;
  }
}
