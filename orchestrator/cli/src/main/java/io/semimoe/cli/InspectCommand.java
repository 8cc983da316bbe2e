package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.ModelException;
import io.semimoe.training.export.OnnxSummary;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what a model is. */
@Command(
    name = "inspect",
    description = {
      "Shows what a model is: its file, inputs and outputs, and if `export` wrote it, what it finds,"
          + " how it predicts, where it comes from and how good it is."
    })
final class InspectCommand extends SemiMoeCommand {
  @Parameters(
      paramLabel = "MODEL",
      description = "A model (.onnx), or the run folder that holds export/model.onnx.")
  private Path model;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws DataException, ModelException {
    Path file = ModelFile.in(model);
    OnnxSummary summary = OnnxSummary.read(file);
    ModelReport report = new ModelReport(file, summary);
    if (json) {
      out().println(Json.text(report.toMap()));
      return ExitCodes.OK;
    }
    report.printFile(out());
    if (summary.metadata().keySet().stream().noneMatch(key -> key.startsWith("semimoe."))) {
      out()
          .printf(
              "%nNo description: the metadata semimoe.* that `export` writes are missing, so that%n"
                  + "classes, size, threshold and origin are unknown.%n");
      return ExitCodes.OK;
    }
    out().flush();
    report.print(out(), ModelDescription.parse(file.toString(), summary.metadata()));
    return ExitCodes.OK;
  }
}
