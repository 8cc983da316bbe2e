package io.semimoe.training.export;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.ExportedModels;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** Writes the folder {@code export} of a run. */
public final class ExportFolder {
  private ExportFolder() {}

  /**
   * Writes the models and what other tools need to use them; each file is written whole and
   * replaces an older one at once:
   *
   * <pre>
   * model.onnx         any batch, height and width that are multiples of 16
   * model-static.onnx  one image of the training size, probabilities alone
   * test-input.npy     a generated image
   * test-output.npy    what the static model makes of it
   * qupath.groovy      script for QuPath
   * model-card.md      what the model is, from what it was made, how good it is
   * rdf.yaml           description of bioimage.io, with the hashes of the others
   * </pre>
   *
   * <p>Takes about a second beside reading the checkpoint and running the model once.
   *
   * @param run folder of the run, with its configuration and provenance
   * @param checkpoint file in the run's folder of checkpoints
   * @return the files, in the order above
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
    Path script = ExportFile.write(run.export().resolve("qupath.groovy"), QuPathScript.text(facts));
    Path card =
        ExportFile.write(run.export().resolve("model-card.md"), new ModelCard(facts).text());
    Path description =
        ExportFile.write(
            run.export().resolve("rdf.yaml"),
            new ResourceDescription(facts).text(tests, card, List.of(models.dynamic(), script)));
    return List.of(
        models.dynamic(), models.fixed(), tests.input(), tests.output(), script, card, description);
  }
}
