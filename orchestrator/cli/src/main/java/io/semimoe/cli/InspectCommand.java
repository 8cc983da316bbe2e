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
    boolean described =
        summary.metadata().keySet().stream()
            .anyMatch(key -> key.startsWith(ModelDescription.METADATA_PREFIX));
    if (json) {
      out().println(Json.text(report.toMap()));
    } else {
      report.printFile(out());
    }
    if (described) {
      // Fails on a damaged description, in JSON too, once the file's facts are printed.
      ModelDescription description = ModelDescription.parse(file.toString(), summary.metadata());
      if (!json) {
        report.print(out(), description);
      }
    } else if (!json) {
      out()
          .printf(
              "%nNo description: the metadata semimoe.* that `export` writes are missing, so that%n"
                  + "classes, size, threshold and origin are unknown.%n");
    }
    return ExitCodes.OK;
  }
}
