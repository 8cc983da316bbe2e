package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the distribution says of the jars of others: {@code THIRD-PARTY.txt} and the licences beside
 * it. The class path of this test stands for its folder {@code lib}.
 */
class ThirdPartyTest {
  private static final Path FOLDER = Path.of("src", "main", "distribution");
  private static final String LICENSE = "LICENSE";

  /** {@code group:artifact version licence text}. */
  private static final Pattern LINE =
      Pattern.compile(
          "^([\\w.-]+):([\\w.-]+) +(\\d[\\w.-]*) +([\\w.-]+) +([\\w./-]+)$", Pattern.MULTILINE);

  /** Groups of what is on the class path for tests alone. */
  private static final List<String> FOR_TESTS =
      List.of(
          "net/bytebuddy/", "org/apiguardian/", "org/assertj/", "org/junit/", "org/opentest4j/");

  @Test
  void listsTheJarsOfOthersThatAreNeeded() throws Exception {
    List<String> listed =
        listed()
            .map(
                line -> line.group(1).replace('.', '/') + "/" + line.group(2) + "/" + line.group(3))
            .toList();

    assertThat(foreign()).isNotEmpty().allMatch(jar -> listed.stream().anyMatch(jar::endsWith));
    assertThat(listed).allMatch(line -> foreign().stream().anyMatch(jar -> jar.endsWith(line)));
  }

  @Test
  void hasTheTextsOfTheirLicencesAndNoOthers() throws Exception {
    List<String> named =
        listed().map(line -> line.group(5)).filter(text -> !text.equals(LICENSE)).toList();

    try (Stream<Path> texts = Files.list(FOLDER.resolve("lib/licenses"))) {
      assertThat(texts.map(text -> "lib/licenses/" + text.getFileName()))
          .containsExactlyInAnyOrderElementsOf(named.stream().distinct().toList());
    }
  }

  @Test
  void onlyWhatHasTheLicenceOfThisProgramIsSentToItsText() throws Exception {
    assertThat(listed().filter(line -> line.group(5).equals(LICENSE)))
        .extracting(line -> line.group(4))
        .containsOnly("Apache-2.0");
    assertThat(listed().filter(line -> line.group(4).equals("Apache-2.0")))
        .extracting(line -> line.group(5))
        .containsOnly(LICENSE);
  }

  private static Stream<MatchResult> listed() throws IOException {
    return LINE.matcher(Files.readString(FOLDER.resolve("THIRD-PARTY.txt"))).results();
  }

  /** Folders of the jars: {@code …/group/artifact/version}. */
  private static List<String> foreign() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> entry.replace(File.separatorChar, '/'))
        .filter(jar -> FOR_TESTS.stream().noneMatch(jar::contains))
        .filter(jar -> !jar.substring(jar.lastIndexOf('/')).startsWith("/semi-moe-"))
        .map(jar -> jar.substring(0, jar.lastIndexOf('/')))
        .toList();
  }
}
