package io.semimoe.training.loop;

import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.configuration.ConfigurationException;

/** Whether the checkpoints of a training stay below the size that they may have. */
final class CheckpointSize {
  private CheckpointSize() {}

  /**
   * Checks the largest checkpoint, that with the moments of the optimizer.
   *
   * @throws ConfigurationException if the network is too large
   */
  static void require(TrainingDesign design) {
    long bytes =
        CheckpointFile.mostBytes(SemiMoeGraphs.training(design), design.optimizer().moments());
    if (bytes > CheckpointFile.MOST_BYTES) {
      throw new ConfigurationException(
          String.format(
              "network.width: expected a network whose checkpoints stay below 2.15 GB, found %d, which"
                  + " takes %.2f GB with this optimizer",
              design.network().width(), bytes * 1e-9));
    }
  }
}
