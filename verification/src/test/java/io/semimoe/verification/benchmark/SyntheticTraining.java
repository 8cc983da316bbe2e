package io.semimoe.verification.benchmark;

import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.TrainingDesign;
import io.semimoe.training.loop.BatchInputs;
import io.semimoe.training.loop.NetworkTrainer;
import io.semimoe.training.runtime.SessionSettings;
import io.semimoe.training.runtime.TrainingSession;
import io.semimoe.verification.UntrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/** Training of a fresh network on random numbers. */
final class SyntheticTraining implements AutoCloseable {
  private final Path folder;
  private final TrainingSession session;
  private final NetworkTrainer trainer;
  private final BatchInputs labelled;
  private final BatchInputs unlabelled;

  private SyntheticTraining(Path folder, TrainingSession session, TrainingDesign design) {
    this.folder = folder;
    this.session = session;
    this.trainer = UntrainedNetwork.trainer(session, design);
    int batch = design.network().batch();
    int pixels = batch * design.network().height() * design.network().imageWidth();
    int units = batch * 3 * design.network().gateUnits();
    float[] none = new float[0];
    this.labelled =
        new BatchInputs(
            random(3 * pixels), bits(pixels), random(pixels), bits(pixels), random(units));
    this.unlabelled = new BatchInputs(random(3 * pixels), none, none, none, random(units));
  }

  /**
   * Writes the artifacts of an untrained network and opens them.
   *
   * @param width channels of the first level
   * @param batch images of each batch
   * @param size height and width of the images
   * @param jointPass whether both batches run through the network at once
   */
  static SyntheticTraining open(
      int width, int batch, int size, boolean jointPass, SessionSettings settings)
      throws Exception {
    Path folder = Files.createTempDirectory("semi-moe-benchmark");
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(width, batch, size, size),
            jointPass ? 2 : 1,
            0.1,
            new Optimizer.Sgd(0.9, 5e-5),
            false);
    try {
      TrainingSession session = UntrainedNetwork.open(folder, design, 1, settings);
      return new SyntheticTraining(folder, session, design);
    } catch (Exception e) {
      delete(folder);
      throw e;
    }
  }

  /** Runs an unlabelled and a labelled batch and the optimizer step; returns the loss. */
  double iterate() {
    return trainer.iterate(labelled, Optional.of(unlabelled), 0.25, 1e-3, 0).total();
  }

  /** Closes the session and removes its files. */
  @Override
  public void close() throws IOException {
    session.close();
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static float[] random(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return values;
  }

  private static float[] bits(int length) {
    float[] values = random(length);
    for (int i = 0; i < length; i++) {
      values[i] = values[i] > 0 ? 1 : 0;
    }
    return values;
  }
}
