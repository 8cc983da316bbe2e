package io.semimoe.training.loop;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.common.primitives.Longs;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.artifact.OptimizerModel;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.run.RunFolder;
import io.semimoe.training.runtime.TrainingArtifacts;
import io.semimoe.training.runtime.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must hold for a run to go on: each check throws a {@link DataException} that says what to do
 * otherwise.
 *
 * @param folder folder of the run
 */
record ResumeChecks(RunFolder folder) {

  /** Checks that there is a latest checkpoint. */
  void requireCheckpoint() throws DataException {
    if (!Files.isRegularFile(folder.latestCheckpoint())) {
      throw new DataException(
          folder.latestCheckpoint(),
          "expected a checkpoint to resume from, which a run writes when it begins to train, found"
              + " none; "
              + insteadOfLatest());
    }
  }

  /**
   * Checks whether damage of the latest checkpoint, or of a model, explains why no session opened.
   */
  void tellDamage(RuntimeException failure, TrainingConfiguration configuration)
      throws DataException {
    try {
      CheckpointFile.read(folder.latestCheckpoint());
    } catch (IOException damage) {
      throw new DataException(
          folder.latestCheckpoint(), "is damaged or cut short; " + insteadOfLatest(), failure);
    }
    TrainingDesign design = Designs.training(configuration);
    Map<String, ModelProto> models =
        new TreeMap<>(ArtifactWriter.models(design, SemiMoeGraphs.training(design)));
    for (Map.Entry<String, ModelProto> model : models.entrySet()) {
      Path file = folder.checkpoints().resolve(model.getKey());
      if (!holds(file, model.getValue())) {
        throw new DataException(
            file,
            "is not the model that the configuration of the run makes, and cannot be opened: is it"
                + " damaged, or was the run begun by another version of this program? Put back a"
                + " copy, or start again with --overwrite",
            failure);
      }
    }
  }

  private static boolean holds(Path file, ModelProto model) throws DataException {
    try {
      return Arrays.equals(Files.readAllBytes(file), model.toByteArray());
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }

  /** Checks that the model of a run that goes on takes what its configuration makes now. */
  void checkModel(TrainingSession session, TrainingConfiguration configuration)
      throws DataException {
    TrainingDesign design = Designs.training(configuration);
    Map<String, List<Long>> expected = new HashMap<>();
    new PassFeeds(design)
        .shapes()
        .forEach((name, shape) -> expected.put(name, Longs.asList(shape)));
    Map<String, List<Long>> found = new HashMap<>();
    session.trainInputs().forEach(input -> found.put(input.name(), input.shape()));
    if (!found.equals(expected)) {
      throw new DataException(
          folder.checkpoints().resolve(TrainingArtifacts.TRAINING_MODEL),
          "expected a model with the inputs "
              + new TreeMap<>(expected)
              + ", as the configuration of the run has it, found "
              + new TreeMap<>(found)
              + ": was config.yaml changed, or was the run begun by another version of this program?"
              + " Undo it, or start again with --overwrite");
    }
    if (!session.evalOutputs().containsAll(Evaluator.OUTPUTS)) {
      throw new DataException(
          folder.checkpoints().resolve(TrainingArtifacts.EVAL_MODEL),
          "expected a model with the outputs "
              + Evaluator.OUTPUTS
              + ", found "
              + session.evalOutputs()
              + ": was the run begun by another version of this program? Go on with that one, or"
              + " start again with --overwrite");
    }
    checkOptimizer(design.optimizer());
  }

  /** Compares the graphs alone: what else a model declares may differ between versions. */
  private void checkOptimizer(Optimizer expected) throws DataException {
    Path file = folder.checkpoints().resolve(TrainingArtifacts.OPTIMIZER_MODEL);
    ModelProto found;
    try {
      found = ModelProto.parseFrom(Files.readAllBytes(file));
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
    if (!found.getGraph().equals(OptimizerModel.of(expected).getGraph())) {
      throw new DataException(
          file,
          "expected the optimizer "
              + expected
              + ", as the configuration of the run has it, found another one: was config.yaml"
              + " changed, or was the run begun by another version of this program? Undo it, or"
              + " start again with --overwrite");
    }
  }

  /** Checks that the epoch in which a run was interrupted still goes as far as it had come. */
  void checkIteration(TrainingState state, int iterationsPerEpoch) throws DataException {
    if (state.iteration() > iterationsPerEpoch) {
      throw new DataException(
          folder.latestCheckpoint(),
          String.format(
              "was written after iteration %d of epoch %d: expected images for as many iterations"
                  + " an epoch, found them for %d; put back those that are missing, or start again"
                  + " with --overwrite",
              state.iteration(), state.epoch() + 1, iterationsPerEpoch));
    }
  }

  private String insteadOfLatest() {
    Path best = folder.bestCheckpoint();
    return Files.isRegularFile(best)
        ? "copy " + best + " there to go on from the best epoch, or start again with --overwrite"
        : "start again with --overwrite";
  }
}
