package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run folder and its images that were carried to other places. */
class MovedRunTest {
  private static final int DATA_ERROR = 3;

  @TempDir static Path folder;
  private static Path old;
  private static Path run;
  private static Object[] places;

  @BeforeAll
  static void trainAndMove() throws Exception {
    Path split = SmallTraining.writeData(folder.resolve("data"));
    Path trained = folder.resolve("run");
    ProgramRun train =
        ProgramRun.of(SmallTraining.command(trained, SmallTraining.on(split)), "--set", "epochs=1");
    assertThat(train.exitCode()).as(train.err()).isZero();
    old = split.getParent();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    run = Files.move(trained, elsewhere.resolve("run"));
    Path data = Files.move(old, elsewhere.resolve("images"));
    places = new Object[] {"--data", data, "--split", data.resolve("split.csv")};
  }

  @Test
  void itIsEvaluatedOnItsImagesWithoutAChange() throws Exception {
    ProgramRun refused = ProgramRun.of("evaluate", run);
    assertThat(refused.exitCode()).isEqualTo(DATA_ERROR);
    assertThat(refused.err()).contains(old.toString());
    Map<String, ByteBuffer> before = FolderContents.of(run);

    ProgramRun evaluate = command("evaluate");

    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.out()).contains("validation", "test");
    assertThat(FolderContents.of(run)).isEqualTo(before);
  }

  @Test
  void itGoesOnWithItsImagesAsIfTheyHadNotMoved() throws Exception {
    Path configuration = run.resolve("config.yaml");
    String before = Files.readString(configuration);
    assertThat(ProgramRun.of("resume", run).exitCode()).isEqualTo(DATA_ERROR);

    ProgramRun resume = command("resume");

    assertThat(resume.exitCode()).as(resume.err()).isZero();
    assertThat(configuration).hasContent(before);
    assertThat(run.resolve("train.log")).content().doesNotContain("begun with");
  }

  private static ProgramRun command(String name) {
    return ProgramRun.of(List.of(name, run), places);
  }
}
