package io.semimoe.training.loop;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.graph.artifact.Checkpoint;
import io.semimoe.graph.artifact.CheckpointFile;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.inference.ModelDescription;
import io.semimoe.training.artifact.InferenceModels;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.runtime.TrainingSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exports a checkpoint of a run as self-contained models for inference. */
public final class ModelExport {
  private static final float THRESHOLD = 0.5f;

  private ModelExport() {}

  /**
   * Writes {@code model.onnx}, whose batch, height and width are open, and {@code
   * model-static.onnx}, for one image of the training size; each replaces an older one at once.
   *
   * @param configuration configuration of the run
   * @param checkpoint file in the run's folder of checkpoints
   * @param folder where the models go; it is made if need be
   * @return the two files, the dynamic model first
   * @throws DataException if the checkpoint cannot be read or the models cannot be written
   */
  public static List<Path> write(TrainingConfiguration configuration, Path checkpoint, Path folder)
      throws DataException {
    TrainingState state;
    try (TrainingSession session =
        TrainingSession.open(
            checkpoint.toAbsolutePath().getParent(),
            checkpoint,
            Designs.session(configuration.runtime()))) {
      state = CheckpointFiles.readState(session, checkpoint);
    }
    Checkpoint parameters;
    try {
      parameters = CheckpointFile.read(checkpoint);
    } catch (IOException e) {
      throw new DataException(checkpoint, "cannot be exported: " + e.getMessage(), e);
    }
    int size = configuration.network().size();
    InferenceModels models =
        new InferenceModels(
            new NetworkSpec(configuration.network().width(), 1, size, size),
            state.normalization(),
            parameters.contents(),
            description(configuration, state).toMetadata());
    Map<String, ModelProto> files = new LinkedHashMap<>();
    files.put("model.onnx", models.dynamic());
    files.put("model-static.onnx", models.fixed());
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, ModelProto> file : files.entrySet()) {
      written.add(save(folder.resolve(file.getKey()), file.getValue()));
    }
    return written;
  }

  private static ModelDescription description(TrainingConfiguration c, TrainingState state) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("epochs", state.epoch() + " of " + c.epochs());
    provenance.put("seed", Long.toString(c.seed()));
    provenance.put("selection", c.evaluation().selection().name());
    provenance.put("supervisedOnly", Boolean.toString(c.supervisedOnly()));
    provenance.put("producer", "semi-moe-java");
    Map<String, String> metrics = new TreeMap<>();
    state
        .metrics()
        .forEach(
            (split, values) ->
                values.forEach((name, v) -> metrics.put(split + "." + name, v.toString())));
    return new ModelDescription(
        List.of("background", "gland"),
        c.network().size(),
        NetworkSpec.MULTIPLE,
        c.preset(),
        THRESHOLD,
        c.network().width(),
        ModelDescription.Prediction.RESIZE,
        provenance,
        metrics);
  }

  private static Path save(Path file, ModelProto model) throws DataException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        model.writeTo(out);
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DataException(file, "cannot be written: " + e, e);
    }
    return file;
  }
}
