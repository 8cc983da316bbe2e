package io.semimoe.verification;

import io.semimoe.graph.Graph;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.loss.AdaptiveMultiObjectiveLoss;
import io.semimoe.loss.TaskValues;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.BatchInputs;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import java.nio.file.Path;
import java.util.Random;

/** A network to train from the beginning, without the loop that reads images. */
public final class UntrainedNetwork {
  private UntrainedNetwork() {}

  /** Writes artifacts and a checkpoint drawn with {@code seed} into a folder, and opens them. */
  public static TrainingSession open(
      Path folder, TrainingDesign design, long seed, SessionSettings settings) throws Exception {
    Graph graph = SemiMoeGraphs.training(design);
    ArtifactWriter.write(folder, design, graph);
    Path checkpoint = folder.resolve("checkpoint");
    ArtifactWriter.writeInitialCheckpoint(checkpoint, graph, v -> v.initialValues(seed));
    return TrainingSession.open(folder, checkpoint, settings);
  }

  /** Returns what trains it, with the adaptive loss of the published code. */
  public static NetworkTrainer trainer(TrainingSession session, TrainingDesign design) {
    return new NetworkTrainer(
        session,
        design,
        AdaptiveMultiObjectiveLoss.initial(
            new AdaptiveMultiObjectiveLoss.Settings(
                1, 0.05, 5e-5, new TaskValues(1, 0.5, 1), 0.4)));
  }

  /** Returns a batch of random images, masks, distances and dropout factors. */
  static BatchInputs labelled(NetworkSpec network, Random random) {
    BatchInputs images = unlabelled(network, random);
    int pixels = images.image().length / 3;
    float[] mask = new float[pixels];
    float[] field = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      mask[i] = random.nextInt(2);
      field[i] = random.nextFloat() * 2 - 1;
    }
    return new BatchInputs(images.image(), mask, field, mask.clone(), images.dropout());
  }

  /** Returns a batch of random images and dropout factors. */
  static BatchInputs unlabelled(NetworkSpec network, Random random) {
    float[] none = new float[0];
    float[] image = new float[3 * network.batch() * network.height() * network.imageWidth()];
    float[] dropout = new float[network.batch() * 3 * network.gateUnits()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < dropout.length; i++) {
      dropout[i] = random.nextFloat() < 0.5 ? 0 : 2;
    }
    return new BatchInputs(image, none, none, none, dropout);
  }
}
