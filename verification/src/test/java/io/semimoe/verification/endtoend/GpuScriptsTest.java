package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that carry the program to a machine without network and without Java, with a stand-in
 * for the program. The whole way, with the program itself, is in scripts/README.md.
 */
class GpuScriptsTest {
  private static final Path SCRIPTS = Path.of("..", "scripts").toAbsolutePath().normalize();

  /**
   * Says what it was asked; a training goes on for ten seconds, unless it is asked to end. That of
   * the run "slow" has not begun by then. A training that is resumed is asked to end at once.
   */
  private static final String PROGRAM =
      """
      #!/bin/sh
      echo "$@"
      [ "$1" = resume ] && exit 130
      [ "$1" = train ] || exit 0
      [ "$3" = runs/slow ] || trap 'exit 130' TERM
      for i in 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9; do sleep 0.5; done
      """;

  /** Stands for Java: iterations with their table, and tests that pass, fail, hang or crash. */
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *IterationTimes*--joint-pass*) printf 'program,batch,median_ms\\nsemi-moe two passes,2,7\\n' ;;
        *IterationTimes*) printf 'program,batch,median_ms\\nsemi-moe,2,5\\n' ;;
        *GoodTest) printf '[ 3 tests successful ]\\n[ 0 tests failed ]\\n' ;;
        *BadTest)
          printf '  JUnit Jupiter:BadTest:second()\\n[ 1 containers failed ]\\n'
          printf '[ 4 tests successful ]\\n[ 1 tests failed ]\\n'
          exit 1
          ;;
        *HangingTest) exec sleep 30 ;;
        *) echo 'SIGSEGV (0xb)'; exit 134 ;;
      esac
      """;

  private record Result(int exitCode, String output) {}

  @TempDir Path temp;
  private Path pack;
  private Path target;

  @BeforeEach
  void packThree() throws Exception {
    pack = Files.createDirectory(temp.resolve("a pack"));
    target = temp.resolve("the target");
    Path content = temp.resolve("content");
    for (String folder : List.of("app", "runtime/bin", "scripts")) {
      Files.createDirectories(content.resolve(folder));
    }
    for (Path program :
        List.of(
            Files.writeString(content.resolve("app/semi-moe"), PROGRAM),
            Files.writeString(content.resolve("runtime/bin/java"), JAVA))) {
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(content.resolve("device"), "cpu\n");
    Files.copy(SCRIPTS.resolve("gpu-run"), content.resolve("scripts/gpu-run"));
    Result packed =
        run(
            "sh",
            "-c",
            "tar -C content -czf whole . && split -b 3000 -d -a 3 whole 'a pack/semi-moe.'"
                + " && cd 'a pack' && sha256sum semi-moe.??? >SHA256SUMS");
    assertThat(packed.exitCode()).as(packed.output()).isZero();
    assertThat(pieces()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void piecesMayComeOneByOne() throws Exception {
    List<Path> pieces = pieces();
    for (Path piece : pieces.subList(1, pieces.size())) {
      Result waiting = gpuRun("unpack", target, piece);
      assertThat(waiting.exitCode()).as(waiting.output()).isZero();
      assertThat(waiting.output())
          .contains("still to come", pieces.get(0).getFileName().toString());
      assertThat(target.resolve("scripts")).doesNotExist();
    }

    Result joined = gpuRun("unpack", target, pieces.get(0));

    assertThat(joined.exitCode()).as(joined.output()).isZero();
    assertThat(target.resolve("app/semi-moe")).hasContent(PROGRAM).isExecutable();
    assertThat(target.resolve("pieces")).doesNotExist();
    assertThat(pieces()).isEqualTo(pieces);
  }

  @Test
  void aDamagedPieceIsRefusedByItsName() throws Exception {
    Path damaged = pieces().get(1);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);

    Result refused = gpuRun("unpack", target, pieces().get(0), damaged);

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.output()).contains(damaged + ": damaged: expected the SHA-256");
    assertThat(target).doesNotExist();
  }

  @Test
  void aPieceOfAnotherPackIsRefused() throws Exception {
    assertThat(gpuRun("unpack", target, pieces().get(0)).exitCode()).isZero();
    Files.writeString(
        pack.resolve("SHA256SUMS"), Files.readString(pack.resolve("SHA256SUMS")) + "0  other\n");

    Result refused = gpuRun("unpack", target, pieces().get(1));

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.output()).contains("found one of another");
  }

  @Test
  void aTrainingEndsInTimeAndTellsHowToGoOn() throws Exception {
    unpack();

    Result trained = unpacked("train", "--for", "1s", "mine", "--preset", "paper");

    assertThat(trained.exitCode()).as(trained.output()).isEqualTo(130);
    assertThat(trained.output())
        .contains("train -o runs/mine --preset paper")
        .contains("gpu-run resume --for 1s mine");
  }

  @Test
  void aTrainingThatMovedIsResumedWithTheSamePlacesAgain() throws Exception {
    unpack();

    Result resumed = unpacked("resume", "--for", "5s", "mine", "--data", "data");

    assertThat(resumed.exitCode()).as(resumed.output()).isEqualTo(130);
    assertThat(resumed.output())
        .contains("resume runs/mine --data data")
        .contains("gpu-run resume --for 5s mine --data data");
  }

  @Test
  void aTrainingThatHasNotBegunInTimeIsTold() throws Exception {
    unpack();

    Result trained = unpacked("train", "--for", "1s", "slow");

    assertThat(trained.exitCode()).as(trained.output()).isEqualTo(143);
    assertThat(trained.output())
        .contains("had not begun after 1s")
        .doesNotContain("gpu-run resume");
  }

  @Test
  void theModelOfARunIsExported() throws Exception {
    unpack();
    Result none = unpacked("export", "mine");
    assertThat(none.exitCode()).as(none.output()).isEqualTo(3);
    assertThat(none.output()).contains("runs/mine: expected a run, found none");
    Files.createDirectories(target.resolve("runs/mine"));

    Result exported = unpacked("export", "mine", "--author", "A");

    assertThat(exported.exitCode()).as(exported.output()).isZero();
    assertThat(exported.output()).contains("export runs/mine --author A");
  }

  @Test
  void onlyTheProgramsThatAreNamedAreTimed() throws Exception {
    unpack();

    Result timed = unpacked("bench", "--programs", "two-passes", "--batches", "2");

    assertThat(timed.exitCode()).as(timed.output()).isZero();
    assertThat(target.resolve("bench-1.csv"))
        .hasContent(
            """
            program,batch,median_ms
            semi-moe two passes,2,7
            semi-moe two passes,2,7
            """);
    Result refused = unpacked("bench", "--programs", "two");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("or channels-last, found two");
  }

  @Test
  void verifyEndsWithWhatFailedAndWithWhatDidNotEnd() throws Exception {
    unpack();

    Result verified =
        unpacked("verify", "--timeout", "2s", "HangingTest", "BadTest", "CrashingTest", "GoodTest");

    assertThat(verified.exitCode()).as(verified.output()).isEqualTo(1);
    assertThat(verified.output())
        .contains(
            """
            failed:
              BadTest:second()
            HangingTest: no results, stopped after 2s
            BadTest: 4 passed, 2 failed
            CrashingTest: no results, exit code 134: SIGSEGV (0xb)
            GoodTest: 3 passed, 0 failed
            7 passed, 2 failed, no results of HangingTest CrashingTest
            """);
    assertThat(target.resolve("verify-1.txt")).content().contains("BadTest:second()", "SIGSEGV");
    assertThat(unpacked("verify", "GoodTest").exitCode()).isZero();
  }

  @Test
  void wrongOptionsOfPackingAreToldBeforeAnythingIsBuilt() throws Exception {
    for (List<String> options :
        List.of(
            List.of("--device", "tpu"),
            List.of("--piece-size", "60X"),
            List.of("--size", "256"),
            List.of("--data", "x"),
            List.of("--nonsense"))) {
      List<String> command = new ArrayList<>(List.of("sh", SCRIPTS + "/gpu-pack", "-o", "out"));
      command.addAll(options);

      Result refused = run(command.toArray(String[]::new));

      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
      assertThat(refused.output()).contains("gpu-pack: ");
      assertThat(temp.resolve("out")).doesNotExist();
    }
  }

  private List<Path> pieces() throws IOException {
    try (var files = Files.list(pack)) {
      return files.filter(f -> f.getFileName().toString().startsWith("semi-moe")).sorted().toList();
    }
  }

  private void unpack() throws Exception {
    List<Object> all = new ArrayList<>(List.of("unpack", target));
    all.addAll(pieces());
    assertThat(gpuRun(all.toArray()).exitCode()).isZero();
  }

  /** Runs the script that was unpacked. */
  private Result unpacked(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", target + "/scripts/gpu-run"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private Result gpuRun(Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPTS + "/gpu-run"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return run(command.toArray(String[]::new));
  }

  private Result run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
