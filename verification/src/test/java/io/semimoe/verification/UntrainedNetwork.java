package io.semimoe.verification;

import io.semimoe.graph.Graph;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Path;

/** A network to train from the beginning, without the loop that reads images. */
public final class UntrainedNetwork {
  private UntrainedNetwork() {}

  /** Writes artifacts and a checkpoint drawn with {@code seed} into a folder, and opens them. */
  public static TrainingSession open(
      Path folder, TrainingDesign design, long seed, SessionSettings settings) throws Exception {
    Graph graph = SemiMoeGraphs.training(design);
    ArtifactWriter.write(folder, design, graph);
    ArtifactWriter.writeInitialCheckpoint(
        folder.resolve("checkpoint"), graph, v -> v.initialValues(seed));
    return TrainingSession.open(folder, settings);
  }

  /** Returns what trains it, with the adaptive loss of the published code. */
  public static NetworkTrainer trainer(TrainingSession session, TrainingDesign design) {
    return new NetworkTrainer(
        session,
        design,
        AdaptiveMultiObjectiveLoss.initial(
            new AdaptiveMultiObjectiveLoss.Settings(
                new TaskValues(1, 0.5, 1), 0.4, 1, 0.05, 5e-5)));
  }
}
