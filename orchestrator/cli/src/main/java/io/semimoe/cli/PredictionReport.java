package io.semimoe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the images: a line each while it goes on, failures at the end; or JSON. */
final class PredictionReport {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final PredictionProgress progress;
  private final List<Predicted> predicted = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();
  private boolean defects;

  /** What came of an image; names of the components are part of the JSON. */
  record Predicted(String image, Map<String, String> files, int objects, double foregroundShare) {}

  private record Failed(String image, String reason) {}

  PredictionReport(PrintWriter out, PrintWriter err, boolean json, PredictionProgress progress) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.progress = progress;
  }

  /** Notes and prints a result. */
  synchronized void add(Predicted result) {
    predicted.add(result);
    if (!json) {
      progress.clear();
      out.printf(
          Locale.ROOT,
          "%s  foreground %.1f %%, objects %d%n",
          result.image(),
          100 * result.foregroundShare(),
          result.objects());
      out.flush();
    }
  }

  /** Notes an image that could not be used, for the list at the end. */
  synchronized void addFailure(Path image, String reason) {
    failed.add(new Failed(image.toString(), reason));
  }

  /** Notes a defect of this program that an image has brought to light. */
  synchronized void addDefect(Path image, RuntimeException defect) {
    defects = true;
    addFailure(image, image + ": internal error, please report it: " + defect);
    progress.clear();
    defect.printStackTrace(err);
    err.flush();
  }

  /** Tells at once what is not as it was asked for. */
  synchronized void warn(Path image, String message) {
    progress.clear();
    err.println("semi-moe: " + image + ": " + message);
    err.flush();
  }

  /** Ends the report and returns the exit code. */
  synchronized int finish() {
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("predicted", predicted);
      report.put("failed", failed);
      out.println(Json.text(report));
    }
    if (failed.isEmpty()) {
      return ExitCodes.OK;
    }
    err.printf(
        "semi-moe: %d of %d images could not be used:%n",
        failed.size(), failed.size() + predicted.size());
    failed.forEach(failure -> err.println("  " + failure.reason()));
    err.flush();
    return defects ? ExitCodes.INTERNAL : ExitCodes.DATA;
  }
}
