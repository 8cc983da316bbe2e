package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.cli.predict.Predicted;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionReportTest {
  private static final Path IMAGE = Path.of("a.png");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final PredictionReport report =
      new PredictionReport(
          new PrintWriter(out), new PrintWriter(err), false, new PredictionProgress(2, false));

  @Test
  void aGoodImageIsALineAndNoError() {
    report.predicted(new Predicted("a.png", Map.of(), 3, 0.1234));

    assertThat(report.finish()).isEqualTo(ExitCodes.OK);
    assertThat(out.toString().lines()).containsExactly("a.png  foreground 12.3 %, objects 3");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aBadImageIsListedAtTheEndAsADataError() {
    report.failed(IMAGE, "a.png: cut off");
    assertThat(err.toString()).isEmpty();

    assertThat(report.finish()).isEqualTo(ExitCodes.DATA);
    assertThat(err.toString().lines())
        .containsExactly("semi-moe: 1 of 1 images could not be used:", "  a.png: cut off");
  }

  @Test
  void aDefectIsToldAtOnceWithItsStackTraceAndIsTheExitCode() {
    report.defect(IMAGE, new IllegalStateException("upside down"));
    assertThat(err.toString())
        .startsWith("java.lang.IllegalStateException: upside down")
        .contains("\tat " + PredictionReportTest.class.getName());

    report.failed(Path.of("b.png"), "b.png: cut off");

    assertThat(report.finish()).isEqualTo(ExitCodes.INTERNAL);
    assertThat(err.toString())
        .contains(
            "  a.png: internal error, please report it: java.lang.IllegalStateException: upside"
                + " down");
  }
}
