package io.semimoe.cli;

import io.semimoe.cli.predict.Predicted;
import io.semimoe.cli.predict.PredictionListener;
import io.semimoe.inference.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the images: a line each while it goes on, failures at the end; or JSON. */
final class PredictionReport implements PredictionListener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final PredictionProgress progress;
  private final List<Predicted> results = new ArrayList<>();
  private final List<Failed> failures = new ArrayList<>();
  private boolean defects;

  private record Failed(String image, String reason) {}

  PredictionReport(PrintWriter out, PrintWriter err, boolean json, PredictionProgress progress) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.progress = progress;
  }

  @Override
  public synchronized void predicted(Predicted result) {
    results.add(result);
    if (!json) {
      progress.clear();
      out.printf(
          Locale.ROOT,
          "%s  foreground %.1f %%, objects %d%n",
          result.image(),
          100 * result.foregroundShare(),
          result.objects());
    }
  }

  /** Notes it for the list at the end. */
  @Override
  public synchronized void failed(Path image, String reason) {
    failures.add(new Failed(image.toString(), reason));
  }

  @Override
  public synchronized void defect(Path image, RuntimeException defect) {
    defects = true;
    failed(image, image + ": internal error, please report it: " + defect);
    progress.clear();
    defect.printStackTrace(err);
  }

  @Override
  public synchronized void warned(Path image, String message) {
    progress.clear();
    err.println("semi-moe: " + image + ": " + message);
  }

  @Override
  public void imagesDone(int done) {
    progress.imagesDone(done);
  }

  @Override
  public Progress ofImage() {
    return progress.ofImage();
  }

  /** Ends the report and returns the exit code. */
  synchronized int finish() {
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("predicted", results);
      report.put("failed", failures);
      out.println(Json.text(report));
    }
    if (failures.isEmpty()) {
      return ExitCodes.OK;
    }
    err.printf(
        "semi-moe: %d of %d images could not be used:%n",
        failures.size(), failures.size() + results.size());
    failures.forEach(failure -> err.println("  " + failure.reason()));
    return defects ? ExitCodes.INTERNAL : ExitCodes.DATA;
  }
}
