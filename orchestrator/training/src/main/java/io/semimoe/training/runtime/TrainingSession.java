package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtTrainingSession;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.AtomicFile;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import io.semimoe.training.runtime.natives.NativeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One model in training: parameters and optimiser state live in the native session, steps are
 * called from here.
 *
 * <p>An iteration is {@link #lazyResetGrad()}, one or more {@link #trainStep} whose gradients add
 * up, and {@link #optimizerStep()}. The learning rate is not part of a checkpoint: set it after
 * opening.
 *
 * <p>Not thread-safe. Holds native memory and threads until {@link #close()}.
 */
public final class TrainingSession implements AutoCloseable {
  /** End of the message of a failed write: the reason and its number. */
  private static final Pattern SYSTEM_ERROR = Pattern.compile("error:\\s*(.+?) errno:\\d+$");

  private final TrainingArtifacts artifacts;
  private final Path checkpoint;
  private final OrtTrainingSession session;
  private final InputSet trainInputs;
  private final InputSet evalInputs;
  private final List<String> evalOutputs;
  private boolean closed;

  private TrainingSession(
      TrainingArtifacts artifacts,
      Path checkpoint,
      NativeRuntime runtime,
      OrtTrainingSession session)
      throws DataException {
    this.artifacts = artifacts;
    this.checkpoint = checkpoint;
    this.session = session;
    List<InputSpec> train =
        DeclaredInputs.read(artifacts.trainingModel(), session.getTrainInputNames());
    List<InputSpec> eval = DeclaredInputs.read(artifacts.evalModel(), session.getEvalInputNames());
    this.trainInputs = new InputSet(runtime.environment(), artifacts.trainingModel(), train);
    this.evalInputs = new InputSet(runtime.environment(), artifacts.evalModel(), eval);
    this.evalOutputs = List.copyOf(session.getEvalOutputNames());
  }

  /**
   * Checks that the native libraries and the device of these settings are there.
   *
   * @throws NativeLibraryException if the native libraries or the device cannot be used
   */
  public static void requireDevice(SessionSettings settings) {
    DeviceCheck.require(NativeLibraries.load(), settings);
  }

  /**
   * Opens the models of {@code folder} at the state of a checkpoint.
   *
   * @param folder holds {@code training_model.onnx}, {@code eval_model.onnx} and {@code
   *     optimizer_model.onnx}
   * @param checkpoint file of the same model
   * @throws DataException if one of the files is missing or damaged
   * @throws NativeLibraryException if the native libraries or the device cannot be used
   * @throws TrainingSessionException if ONNX Runtime refuses the models or the checkpoint
   */
  public static TrainingSession open(Path folder, Path checkpoint, SessionSettings settings)
      throws DataException {
    return settings.cuda().isEmpty()
        ? openOnce(folder, checkpoint, settings)
        : OptimizerTrial.passed(
            () -> openOnce(folder, checkpoint, settings),
            session -> OptimizerTrial.of(session, checkpoint));
  }

  private static TrainingSession openOnce(Path folder, Path checkpoint, SessionSettings settings)
      throws DataException {
    TrainingArtifacts artifacts = TrainingArtifacts.in(folder);
    TrainingArtifacts.checkCheckpoint(checkpoint);
    NativeRuntime runtime = NativeLibraries.load();
    OrtTrainingSession session = create(artifacts, checkpoint, settings, runtime);
    try {
      return new TrainingSession(artifacts, checkpoint, runtime, session);
    } catch (DataException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static OrtTrainingSession create(
      TrainingArtifacts artifacts, Path checkpoint, SessionSettings settings, NativeRuntime runtime)
      throws DataException {
    try (OrtSession.SessionOptions options = SessionOptionsFactory.create(settings);
        TunedModels models = TunedModels.of(artifacts, settings, runtime)) {
      return runtime
          .environment()
          .createTrainingSession(
              checkpoint.toString(),
              models.trainingModel().toString(),
              models.evalModel().toString(),
              models.optimizerModel().toString(),
              options);
    } catch (OrtException e) {
      throw new TrainingSessionException(
          "cannot open the models of " + artifacts.folder() + " with checkpoint " + checkpoint, e);
    }
  }

  /** Returns what {@link #trainStep} must be fed with, in the model's order. */
  public List<InputSpec> trainInputs() {
    return trainInputs.specs();
  }

  /** Returns the names of the outputs of {@link #evalStep}. */
  public List<String> evalOutputs() {
    return evalOutputs;
  }

  /**
   * Runs the model forward and backward and adds the gradients to the buffers of the parameters;
   * the first step after opening or {@link #lazyResetGrad()} overwrites them instead.
   *
   * @param inputs a value for every train input, in any order
   * @throws IllegalArgumentException if an input is missing, unknown, or of another type or shape
   *     than the model declares; nothing was run then
   * @throws TrainingSessionException if ONNX Runtime fails; the parameters are then to be reloaded
   */
  public StepOutputs trainStep(Map<String, Feed> inputs) {
    return step("train step", trainInputs, inputs, session::trainStep);
  }

  /**
   * Runs the evaluation model on the present parameters.
   *
   * @param inputs a value for every eval input, in any order
   * @throws IllegalArgumentException if an input is missing, unknown, or of another type or shape
   *     than the model declares
   * @throws TrainingSessionException if ONNX Runtime fails
   */
  public StepOutputs evalStep(Map<String, Feed> inputs) {
    return step("eval step", evalInputs, inputs, session::evalStep);
  }

  /** Makes the next {@link #trainStep} overwrite the gradients instead of adding to them. */
  public void lazyResetGrad() {
    run("reset of gradients", OrtTrainingSession::lazyResetGrad);
  }

  /** Updates the parameters by their gradients; the gradients stay as they are. */
  public void optimizerStep() {
    run("optimizer step", OrtTrainingSession::optimizerStep);
  }

  /** Sets the learning rate of the following optimizer steps. */
  public void setLearningRate(float learningRate) {
    run("set learning rate", opened -> opened.setLearningRate(learningRate));
  }

  /** Returns the learning rate in force; 0.001 after opening. */
  public float learningRate() {
    float[] rate = new float[1];
    run("get learning rate", opened -> rate[0] = opened.getLearningRate());
    return rate[0];
  }

  /** Sets a named text that travels in the checkpoint, replacing one of this name. */
  public void putText(String name, String text) {
    run("set property '" + name + "'", opened -> opened.addProperty(name, text));
  }

  /**
   * Returns a named text that was loaded with the checkpoint or put since.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public String text(String name) {
    OrtTrainingSession opened = open();
    try {
      return opened.getStringProperty(name);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          checkpoint + ": the checkpoint has no text property '" + name + "'", e);
    }
  }

  /**
   * Writes parameters, states and texts to {@code file}, replacing it at once when the whole
   * checkpoint is on disk.
   *
   * @param file its folder must exist
   * @param includeOptimizerState whether training can be resumed from it bit by bit; without, it is
   *     smaller
   * @throws IOException if it cannot be written
   */
  public void saveCheckpoint(Path file, boolean includeOptimizerState) throws IOException {
    OrtTrainingSession opened = open();
    AtomicFile.write(
        file,
        temporary -> {
          try {
            opened.saveCheckpoint(temporary, includeOptimizerState);
          } catch (OrtException e) {
            throw new IOException(unwritten(e), e);
          }
        });
  }

  /**
   * What the system said of a file that could not be written, or else all that the runtime says.
   */
  private static String unwritten(OrtException e) {
    Matcher said = SYSTEM_ERROR.matcher(e.getMessage());
    return said.find() ? said.group(1) : e.getMessage();
  }

  /** Releases the native session and then its state. Does nothing when called again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      trainInputs.close();
      evalInputs.close();
      session.close();
    }
  }

  private StepOutputs step(String name, InputSet binding, Map<String, Feed> inputs, Step step) {
    open();
    binding.check(name, inputs);
    try {
      Map<String, OnnxTensor> tensors = binding.fill(inputs);
      try (OrtSession.Result result = step.run(tensors)) {
        return StepOutputs.copyOf(result);
      }
    } catch (OrtException e) {
      throw failure(name, e);
    }
  }

  private void run(String name, Action action) {
    OrtTrainingSession opened = open();
    try {
      action.run(opened);
    } catch (OrtException e) {
      throw failure(name, e);
    }
  }

  private OrtTrainingSession open() {
    if (closed) {
      throw new IllegalStateException("the training session over " + folder() + " is closed");
    }
    return session;
  }

  private Path folder() {
    return artifacts.folder();
  }

  private TrainingSessionException failure(String step, OrtException cause) {
    return new TrainingSessionException(step + " of the model in " + folder() + " failed", cause);
  }

  /** Something done with the native session. */
  private interface Action {
    void run(OrtTrainingSession session) throws OrtException;
  }

  private interface Step {
    OrtSession.Result run(Map<String, OnnxTensor> inputs) throws OrtException;
  }
}
