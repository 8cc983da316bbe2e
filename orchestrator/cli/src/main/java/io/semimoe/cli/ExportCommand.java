package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.training.export.Credits;
import io.semimoe.training.export.ExportFolder;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: writes a run's model and what other tools need to use it. */
@Command(
    name = "export",
    description = {
      "Writes a run's model as ONNX into its folder export/, for inputs of any size and for the"
          + " training size only, with a description for bioimage.io, a script for QuPath, test"
          + " tensors and a model card."
    })
final class ExportCommand extends SemiMoeCommand {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run;

  @Mixin private CheckpointOption checkpoint;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who made the model, for its card and description; may be repeated.")
  private List<String> authors = new ArrayList<>();

  @Option(
      names = "--license",
      paramLabel = "SPDX",
      description =
          "On what terms others may use the model, for instance CC-BY-NC-4.0; some programs do not"
              + " read a description without it.")
  private String license;

  @Override
  public Integer call() throws DataException {
    Credits credits = credits();
    NativeLibraries.load();
    RunFolder folder = RunFolder.open(run).writable();
    ExportFolder.write(folder, checkpoint.in(folder), credits)
        .forEach(file -> out().println(folder.export().resolve(file.getFileName())));
    return ExitCodes.OK;
  }

  private Credits credits() {
    try {
      return new Credits(authors, Optional.ofNullable(license));
    } catch (IllegalArgumentException e) {
      throw usage("--" + e.getMessage());
    }
  }
}
