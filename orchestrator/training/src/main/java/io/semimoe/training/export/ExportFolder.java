package io.semimoe.training.export;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.ExportedModels;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.ExportedFile;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** Writes the folder {@code export} of a run. */
public final class ExportFolder {
  private ExportFolder() {}

  /**
   * Writes the models and what other tools need to use them; each file is written whole and
   * replaces an older one at once, see {@link ExportedFile}.
   *
   * <p>Takes about a second beside reading the checkpoint and running the model once.
   *
   * @param run folder of the run, with its configuration and provenance
   * @param checkpoint file in the run's folder of checkpoints
   * @return the files, in the order of {@link ExportedFile}
   * @throws DataException if the run cannot be read, a file cannot be written, or the checkpoint is
   *     of a training that diverged
   */
  public static List<Path> write(RunFolder run, Path checkpoint, Credits credits)
      throws DataException {
    TrainingConfiguration configuration = ConfigurationLoader.read(run.configuration());
    ExportedModels models = ModelExport.write(configuration, checkpoint, run.export());
    ModelFacts facts = new ModelFacts(models, configuration, run.readProvenance(), credits);
    TestTensors tests =
        TestTensors.write(models, checkpoint, configuration.runtime().threadsOrProcessors());
    Path script =
        ExportFile.write(ExportedFile.QUPATH_SCRIPT.in(run.export()), QuPathScript.text(facts));
    Path card =
        ExportFile.write(ExportedFile.MODEL_CARD.in(run.export()), new ModelCard(facts).text());
    Path description =
        ExportFile.write(
            ExportedFile.RESOURCE_DESCRIPTION.in(run.export()),
            new ResourceDescription(facts).text(tests, card, List.of(models.dynamic(), script)));
    return List.of(
        models.dynamic(), models.fixed(), tests.input(), tests.output(), script, card, description);
  }
}
