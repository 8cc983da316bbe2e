package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.Evaluator;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: computes the metrics of a run's model. */
@Command(
    name = "evaluate",
    description = "Computes the metrics of a run's model on its validation and test images.")
final class EvaluateCommand extends SemiMoeCommand {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run;

  @Mixin private CheckpointOption checkpoint;

  @Mixin private RunOptions options;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws DataException {
    NativeLibraries.load();
    RunFolder folder = RunFolder.open(run);
    TrainingConfiguration configuration = options.load(folder);
    SampleSet samples = RunData.forEvaluation(configuration);
    Map<String, List<Sample>> splits = samples.evaluated();
    if (splits.isEmpty()) {
      throw new DataException(run, "expected validation or test images to evaluate on, found none");
    }
    RunReport.print(
        out(), run, Evaluator.evaluate(configuration, checkpoint.in(folder), splits), json);
    return ExitCodes.OK;
  }
}
