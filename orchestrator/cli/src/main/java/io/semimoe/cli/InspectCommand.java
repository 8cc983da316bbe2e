package io.semimoe.cli;

import io.semimoe.inference.ModelDescription;
import io.semimoe.inference.ModelException;
import io.semimoe.inference.Segmenter;
import io.semimoe.inference.SegmenterOptions;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what an exported model says about itself. */
@Command(name = "inspect", description = "Shows what an exported model says about itself.")
final class InspectCommand extends SemiMoeCommand {
  @Parameters(
      paramLabel = "MODEL",
      description = "An exported model (.onnx), or the run folder that holds export/model.onnx.")
  private Path model;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws ModelException {
    Map<String, String> metadata = describe(ModelFile.in(model)).toMetadata();
    if (json) {
      out().println(Json.text(metadata));
    } else {
      int width = metadata.keySet().stream().mapToInt(String::length).max().orElse(0);
      metadata.forEach((key, value) -> out().printf("%-" + width + "s  %s%n", key, value));
    }
    return ExitCodes.OK;
  }

  private static ModelDescription describe(Path file) throws ModelException {
    try (Segmenter segmenter = Segmenter.open(file, SegmenterOptions.DEFAULT)) {
      return segmenter.description();
    }
  }
}
