package io.semimoe.training.runtime;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.artifact.CheckpointTensor;
import io.semimoe.graph.artifact.TrialModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a step of a session's optimizer changes each parameter once.
 *
 * <p>The CUDA kernels of ONNX Runtime 1.24 may change some of them twice. They gather blocks of the
 * tensors and are launched when 320 are there, and again after each 64 tensors (SGD) or 32 (AdamW),
 * without asking whether blocks are left: if the 320th was the last one of such a tensor, all 320
 * are done once more, 21 million elements, in each step of the session. The order of the tensors is
 * another in each session, and one in a hundred is hit with a network of width 64.
 */
final class OptimizerTrial {
  private static final Logger LOG = LoggerFactory.getLogger(OptimizerTrial.class);

  /** Of which one in a hundred goes wrong, at random. */
  private static final int MOST_OPENINGS = 20;

  /** What a step does to the parameters. */
  enum Finding {
    /** It changes each once. */
    ONCE,
    /** It changes some twice. */
    TWICE,
    /** It does something else; a device that does not compute leaves them as they are. */
    OTHER
  }

  /** Opens a session. */
  interface Opening {
    TrainingSession open() throws DataException;
  }

  /** Tries a session out. */
  interface Trial {
    Finding of(TrainingSession session) throws DataException;
  }

  private OptimizerTrial() {}

  /**
   * Opens sessions, one after the other, until one is not found to step twice; the others are
   * closed.
   *
   * @throws DataException if a session cannot be opened or tried out
   * @throws TrainingSessionException if none is found in 20 openings
   */
  static TrainingSession passed(Opening opening, Trial trial) throws DataException {
    for (int i = 0; i < MOST_OPENINGS; i++) {
      TrainingSession session = opening.open();
      boolean passed = false;
      try {
        Finding finding = trial.of(session);
        passed = finding != Finding.TWICE;
        if (finding == Finding.OTHER) {
          LOG.warn("The device does not compute what it should: a step was tried out and is wrong");
        }
      } finally {
        if (!passed) {
          session.close();
        }
      }
      if (passed) {
        return session;
      }
      LOG.info("Opening again, since steps would change some parameters twice");
    }
    throw new TrainingSessionException(
        "the optimizer of ONNX Runtime changes some parameters twice in each step; so it did in "
            + MOST_OPENINGS
            + " openings");
  }

  /**
   * Tries a step out, and takes it back. Parameters, moments, gradients and the number of steps are
   * the same bits afterwards.
   *
   * @param session opened with an optimizer of {@link TrialModel}
   * @param checkpoint what it was opened from
   * @throws DataException if the checkpoint cannot be read, or another not be written to the
   *     temporary folder
   */
  static Finding of(TrainingSession session, Path checkpoint) throws DataException {
    List<CheckpointTensor> before = parameters(checkpoint);
    float rate = session.learningRate();
    Path doubled = temporaryFile();
    try {
      session.setLearningRate(TrialModel.DOUBLING);
      session.optimizerStep();
      session.saveCheckpoint(doubled, false);
      session.setLearningRate(TrialModel.HALVING);
      session.optimizerStep();
      session.setLearningRate(rate);
      return compare(before, parameters(doubled));
    } catch (IOException e) {
      throw unwritten(doubled, e);
    } finally {
      doubled.toFile().delete();
    }
  }

  private static List<CheckpointTensor> parameters(Path checkpoint) throws DataException {
    try {
      return CheckpointFile.read(checkpoint).parameters();
    } catch (IOException e) {
      throw FileFailure.unreadable(checkpoint, e);
    }
  }

  private static Path temporaryFile() throws DataException {
    try {
      return Files.createTempFile("semi-moe-trial-", null);
    } catch (IOException e) {
      throw unwritten(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static DataException unwritten(Path file, IOException e) {
    return new DataException(
        file,
        "cannot be written: "
            + FileFailure.reason(e)
            + "; name another folder with -Djava.io.tmpdir=DIRECTORY",
        e);
  }

  /** Judges by the parameters before and after a doubling; zeros tell nothing. */
  static Finding compare(List<CheckpointTensor> before, List<CheckpointTensor> after) {
    Map<String, CheckpointTensor> found =
        after.stream().collect(Collectors.toMap(CheckpointTensor::name, Function.identity()));
    boolean twice = false;
    for (CheckpointTensor tensor : before) {
      FloatBuffer from = tensor.elements().duplicate();
      FloatBuffer to = found.get(tensor.name()).elements().duplicate();
      while (from.hasRemaining()) {
        float value = from.get();
        float now = to.get();
        boolean quadrupled = now == 4 * value && value != 0;
        if (!quadrupled && now != 2 * value) {
          return Finding.OTHER;
        }
        twice |= quadrupled;
      }
    }
    return twice ? Finding.TWICE : Finding.ONCE;
  }
}
