package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.NativeLibraries;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code export}: writes a run's model as ONNX. */
@Command(
    name = "export",
    description = {
      "Writes a run's model as ONNX into its folder export/: for inputs of any size, and for the"
          + " training size only."
    })
final class ExportCommand extends SemiMoeCommand {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run;

  @Mixin private CheckpointOption checkpoint;

  @Override
  public Integer call() throws DataException {
    NativeLibraries.load();
    RunFolder folder = RunFolder.open(run);
    ModelExport.write(
            ConfigurationLoader.read(folder.configuration()),
            checkpoint.in(folder),
            folder.export())
        .forEach(file -> out().println(file));
    return ExitCodes.OK;
  }
}
