package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code semi-moe} in a distribution and in a checkout, with stand-ins for Java and
 * Maven.
 */
class LauncherScriptTest {
  private static final Path SCRIPT = Path.of("..", "semi-moe");

  /** Prints the locale and each of its arguments on a line of its own. */
  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s\\n' "locale ${LC_ALL-none}" "$@"
      """;

  /** Builds the jar of the checkout beside it, and counts how often and with what options. */
  private static final String MAVEN =
      """
      #!/bin/sh
      root=$(dirname "$0")/../checkout
      mkdir -p "$root/orchestrator/cli/target/distribution/lib"
      : >"$root/orchestrator/cli/target/distribution/lib/semi-moe.jar"
      echo "$@" >>"$root/builds"
      """;

  private record Result(int exitCode, String output) {}

  @TempDir Path temp;
  private Path program;
  private Path jar;
  private Path elsewhere;

  @BeforeEach
  void unpack() throws Exception {
    program = Files.createDirectories(temp.resolve("a program")).resolve("semi-moe");
    Files.copy(SCRIPT, program);
    jar = touch("a program/lib/semi-moe.jar");
    elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    write("bin/java", JAVA);
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    Result result = run(Map.of(), program, "predict", "my images", "", "*.png", "$HOME", "-o");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .endsWith(lines("-jar", jar, "predict", "my images", "", "*.png", "$HOME", "-o"));
  }

  @Test
  void theProgramIsFoundThroughLinksFromAnyFolder() throws Exception {
    Files.createSymbolicLink(temp.resolve("absolute link"), program);
    Path link = elsewhere.resolve("a link");
    Files.createSymbolicLink(link, Path.of("..", "absolute link"));

    Result result = run(Map.of(), "./a link", "doctor");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("-Dsemimoe.command=./a link\n")
        .endsWith(lines("-jar", jar, "doctor"));
  }

  @Test
  void optionsOfTheUserReachJava() throws Exception {
    Result result = run(Map.of("SEMI_MOE_JAVA_OPTS", "-Xmx8g -Da=b"), program, "doctor");

    assertThat(result.output()).endsWith(lines("-Xmx8g", "-Da=b", "-jar", jar, "doctor"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # LC_ALL,    LC_CTYPE,    LANG,        LC_ALL for Java
          '',          '',          '',          C.UTF-8
          C,           C.UTF-8,     C.UTF-8,     C.UTF-8
          '',          POSIX,       C.UTF-8,     C.UTF-8
          '',          '',          C,           C.UTF-8
          '',          '',          xx_XX.UTF-8, C.UTF-8
          xx_XX.UTF-8, C.UTF-8,     C.UTF-8,     C.UTF-8
          '',          C.UTF-8,     C,           ''
          '',          '',          C.UTF-8,     ''
          """)
  void aLocaleThatJavaCannotNameFilesInIsReplaced(
      String all, String characters, String language, String seen) throws Exception {
    Map<String, String> environment =
        Map.of("LC_ALL", all, "LC_CTYPE", characters, "LANG", language);

    assertThat(run(environment, program).output()).startsWith("locale " + seen + "\n");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, ja_JP.UTF-8", "EUC-JP, ja_JP.UTF-8", "US-ASCII, C.UTF-8", "ASCII, C.UTF-8"})
  void whatTheSystemSaysOfTheLocaleCounts(String characters, String seen) throws Exception {
    write("bin/locale", "#!/bin/sh\n[ \"$1\" = charmap ] && echo " + characters + "\n");

    assertThat(run(Map.of("LC_ALL", "ja_JP.UTF-8"), program).output())
        .startsWith("locale " + seen + "\n");
  }

  @Test
  void whereNothingTellsOfTheLocaleItIsReplaced() throws Exception {
    Map<String, String> environment =
        Map.of("PATH", tools() + ":" + temp.resolve("bin"), "LC_ALL", "de_DE.UTF-8");

    assertThat(run(environment, program).output()).startsWith("locale C.UTF-8\n");
  }

  @Test
  void withoutJavaItSaysWhatItNeeds() throws Exception {
    for (Map<String, String> environment :
        List.of(Map.of("PATH", tools()), Map.of("JAVA_HOME", elsewhere.toString()))) {
      Result result = run(environment, program, "doctor");

      assertThat(result)
          .isEqualTo(
              new Result(
                  5,
                  "semi-moe: expected Java 17 or later on the PATH or in JAVA_HOME, found none\n"));
    }
  }

  @Test
  void javaHomePicksTheJava() throws Exception {
    write("home/bin/java", "#!/bin/sh\necho the other\n");

    Result result = run(Map.of("JAVA_HOME", temp.resolve("home").toString()), program, "doctor");

    assertThat(result).isEqualTo(new Result(0, "the other\n"));
  }

  @Test
  void aDistributionWithoutItsJarIsRefused() throws Exception {
    Files.delete(jar);

    Result result = run(Map.of(), program, "doctor");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .isEqualTo(
            "semi-moe: expected " + jar + ", found nothing; unpack the distribution again\n");
  }

  @Test
  void aVersionThatWasUnpackedOverAnotherRuns() throws Exception {
    touch("a program/lib/semi-moe-cli-1.jar");
    touch("a program/lib/semi-moe-training-1.jar");
    touch("a program/lib/semi-moe-training-2.jar");

    Result result = run(Map.of(), program, "doctor");

    assertThat(result.output()).endsWith(lines("-jar", jar, "doctor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib", "lib/semi-moe.jar"})
  void aDistributionThatTheUserMayNotReadIsToldFromOneWithoutItsJar(String unreadable)
      throws Exception {
    Path path = program.resolveSibling(unreadable);
    Files.setPosixFilePermissions(path, Set.of());
    assumeThat(Files.isReadable(path)).as("root may read everything").isFalse();

    Result result = run(Map.of(), program, "doctor");

    assertThat(result)
        .isEqualTo(
            new Result(
                1,
                "semi-moe: "
                    + jar
                    + ": cannot be read by this user; mend the permissions of the file and its"
                    + " folder\n"));
  }

  @Test
  void aCheckoutIsBuiltOnceAndAgainWhenItsSourcesAreNewer() throws Exception {
    Path script = checkout();
    write("bin/mvn", MAVEN);
    Map<String, String> cuda = Map.of("SEMI_MOE_BUILD_OPTS", "-Pcuda");

    Result first = run(Map.of(), script, "doctor");
    Result second = run(Map.of(), script, "doctor");

    assertThat(first.output()).startsWith("semi-moe: building ...\n").endsWith("doctor\n");
    assertThat(second.output()).doesNotContain("building").endsWith("doctor\n");
    assertThat(builds()).hasSize(1).noneMatch(build -> build.contains("-Pcuda"));

    run(cuda, script, "doctor");
    run(Map.of(), script, "doctor");
    assertThat(builds()).hasSize(2);

    Files.setLastModifiedTime(
        temp.resolve("checkout/losses/src/main/Loss.java"),
        FileTime.from(Instant.now().plusSeconds(60)));
    Result newer = run(Map.of(), script, "doctor");

    assertThat(newer.output()).contains("building (newer: losses/src/main/Loss.java)");
    assertThat(builds().subList(1, 3)).allMatch(build -> build.endsWith("-Pcuda"));
  }

  @Test
  void aCheckoutThatCannotBeBuiltIsTold() throws Exception {
    Path script = checkout();
    write("bin/mvn", "#!/bin/sh\necho no such plugin\nexit 1\n");

    Result result = run(Map.of(), script, "doctor");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).endsWith("no such plugin\nsemi-moe: the build failed, see above\n");
  }

  @Test
  void withoutMavenACheckoutSaysWhatItNeeds() throws Exception {
    Map<String, String> environment = Map.of("PATH", tools() + ":" + temp.resolve("bin"));

    assertThat(run(environment, checkout(), "doctor"))
        .isEqualTo(
            new Result(
                5,
                "semi-moe: expected Maven 3.8 or later on the PATH to build from source, found"
                    + " none\n"));
  }

  /** Returns a folder that has what the script needs before it looks for Java and Maven. */
  private String tools() throws Exception {
    return write("tools/dirname", "#!/bin/sh\nexec /usr/bin/dirname \"$@\"\n")
        .getParent()
        .toString();
  }

  /** Makes a source checkout that has not been built. */
  private Path checkout() throws Exception {
    touch("checkout/pom.xml");
    touch("checkout/losses/src/main/Loss.java");
    for (String module : List.of("model-graphs", "datasets", "orchestrator")) {
      Files.createDirectories(temp.resolve("checkout").resolve(module));
    }
    return Files.copy(SCRIPT, temp.resolve("checkout/semi-moe"));
  }

  private List<String> builds() throws Exception {
    return Files.readAllLines(temp.resolve("checkout/builds"));
  }

  private Path touch(String file) throws Exception {
    return write(file, "");
  }

  private Path write(String file, String content) throws Exception {
    Path path = temp.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return path.toRealPath();
  }

  private static String lines(Object... words) {
    return String.join("\n", Stream.of(words).map(Object::toString).toList()) + "\n";
  }

  /** Runs the script in another folder than its own, with the stand-ins before all else. */
  private Result run(Map<String, String> environment, Object... words) throws Exception {
    List<String> command = new ArrayList<>();
    Stream.of(words).map(Object::toString).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
    for (String name : List.of("JAVA_HOME", "SEMI_MOE_JAVA_OPTS", "SEMI_MOE_BUILD_OPTS")) {
      builder.environment().remove(name);
    }
    builder
        .environment()
        .merge("PATH", temp.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
