package io.semimoe.training.loop;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.NewFile;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.graph.onnx.OnnxModel;
import io.semimoe.graph.op.Domain;
import io.semimoe.inference.ModelDescription;
import io.semimoe.training.artifact.InferenceModels;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.evaluation.SegmentationEvaluation;
import io.semimoe.training.run.ExportedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Exports a checkpoint of a run as self-contained models for inference. */
public final class ModelExport {
  private ModelExport() {}

  /**
   * Writes {@code model.onnx}, whose batch, height and width are open, and {@code
   * model-static.onnx}, for one image of the training size; each replaces an older one at once.
   *
   * @param configuration configuration of the run
   * @param checkpoint file in the run's folder of checkpoints
   * @param folder where the models go; it is made if need be
   * @throws DataException if the checkpoint cannot be read or the models cannot be written
   */
  public static ExportedModels write(
      TrainingConfiguration configuration, Path checkpoint, Path folder) throws DataException {
    CheckpointFiles.Saved saved = CheckpointFiles.read(checkpoint);
    TrainingState state = saved.state();
    int size = configuration.network().size();
    ModelDescription description = description(configuration, state);
    InferenceModels models =
        new InferenceModels(
            new NetworkSpec(configuration.network().width(), 1, size, size),
            state.normalization(),
            saved.contents(),
            description.toMetadata());
    // One after the other: each has the size of the network on the heap.
    return new ExportedModels(
        save(ExportedFile.MODEL.in(folder), saved.model(models::dynamic)),
        save(ExportedFile.STATIC_MODEL.in(folder), saved.model(models::fixed)),
        Domain.ONNX.version(),
        description,
        state.epoch(),
        state.selection(configuration),
        state.metrics());
  }

  private static ModelDescription description(TrainingConfiguration c, TrainingState state) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("epochs", state.epoch() + " of " + c.epochs());
    provenance.put("seed", Long.toString(c.seed()));
    provenance.put("selection", state.selection(c).text());
    provenance.put("supervisedOnly", Boolean.toString(c.supervisedOnly()));
    provenance.put("producer", OnnxModel.PRODUCER);
    Map<String, String> metrics = new TreeMap<>();
    state
        .metrics()
        .forEach(
            (split, values) ->
                values.forEach((name, v) -> metrics.put(split + "." + name, v.toString())));
    OptionalDouble micronsPerPixel = c.data().micronsPerPixel();
    return new ModelDescription(
        List.of("background", "gland"),
        c.network().size(),
        NetworkSpec.MULTIPLE,
        c.preset(),
        SegmentationEvaluation.DEFAULT_THRESHOLD,
        c.network().width(),
        micronsPerPixel.isPresent()
            ? ModelDescription.Prediction.TILES
            : ModelDescription.Prediction.RESIZE,
        provenance,
        metrics,
        micronsPerPixel);
  }

  private static Path save(Path file, ModelProto model) throws DataException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw FileFailure.unwritable(file, e);
    }
    try (NewFile unfinished = NewFile.of(file)) {
      try (OutputStream out = Files.newOutputStream(unfinished.path())) {
        model.writeTo(out);
      } catch (IOException e) {
        throw FileFailure.unwritable(file, e);
      }
      unfinished.publish();
    }
    return file;
  }
}
