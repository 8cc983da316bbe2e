package io.semimoe.cli.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "**/patient7/**, patient7/s.png",
    "**/patient7/**, slides/patient7/s.png",
    "patient7/**, slides/patient7/scans/s.png",
    "slides/**/s.png, slides/s.png",
    "slides/patient7, slides/patient7/s.png",
    "slides/patient7/, ./slides/patient7/s.png",
    "./slides/*/s.png, slides/patient7/s.png",
    "patient7, /all/slides/patient7/s.png",
    "/all/slides/patient7, /all/slides/patient7/s.png",
    "s.png, s.png"
  })
  void meansAFileOrItsFolderByItsPathOrAnEndOfIt(String pattern, Path file) {
    assertThat(glob(pattern).matches(file)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "patient7, patient7/scans/s.png",
    "patient7, patient71/s.png",
    "patient7, slides/patient7.png",
    "slides/patient7, slides/patient7/scans/s.png",
    "slides/*, slides/patient7/scans/s.png",
    "**/patient7/**, slides/patient71/s.png",
    "/, /all/slides/s.png"
  })
  void doesNotMeanOthers(String pattern, Path file) {
    assertThat(glob(pattern).matches(file)).isFalse();
  }

  private static Glob glob(String pattern) {
    return Glob.of(pattern);
  }
}
