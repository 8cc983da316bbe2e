package io.semimoe.training.export;

import io.semimoe.inference.ModelDescription;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.EvaluationSettings.Selection;
import io.semimoe.training.loop.ExportedModels;
import io.semimoe.training.run.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A model that was never trained, as the writers of the export folder see it. */
final class Facts {
  static final int SIZE = 128;
  static final int OPSET = 17;

  private final Path folder;
  private String foreground = "gland";
  private String preset = "compact";
  private OptionalDouble micronsPerPixel = OptionalDouble.empty();
  private Map<String, Integer> images = Map.of();
  private Map<String, Map<String, Double>> metrics = Map.of();
  private Selection selection = Selection.LAST;
  private final List<String> settings = new ArrayList<>(List.of("epochs=5"));
  private Credits credits = Credits.NONE;
  private Optional<String> initialCheckpointSha256 = Optional.empty();

  Facts(Path folder) {
    this.folder = folder;
  }

  Facts withForeground(String name) {
    foreground = name;
    return this;
  }

  Facts withPreset(String name) {
    preset = name;
    return this;
  }

  Facts withMicronsPerPixel(double microns) {
    micronsPerPixel = OptionalDouble.of(microns);
    return this;
  }

  Facts withImages(String role, int count) {
    images = new LinkedHashMap<>(images);
    images.put(role, count);
    return this;
  }

  Facts withMetric(String split, String name, double value) {
    metrics = new LinkedHashMap<>(metrics);
    metrics.merge(
        split,
        Map.of(name, value),
        (old, added) -> {
          Map<String, Double> all = new LinkedHashMap<>(old);
          all.putAll(added);
          return all;
        });
    return this;
  }

  Facts withSetting(String assignment) {
    settings.add(assignment);
    return this;
  }

  Facts withSelection(Selection how) {
    selection = how;
    return this;
  }

  Facts withCredits(Credits given) {
    credits = given;
    return this;
  }

  Facts withInitialCheckpoint(String sha256) {
    initialCheckpointSha256 = Optional.of(sha256);
    return this;
  }

  /** Writes two files in place of the models. */
  ModelFacts write() throws Exception {
    ModelDescription description =
        new ModelDescription(
            List.of("background", foreground),
            SIZE,
            16,
            preset,
            0.5f,
            8,
            ModelDescription.Prediction.RESIZE,
            Map.of(),
            Map.of(),
            micronsPerPixel);
    ExportedModels models =
        new ExportedModels(
            Files.writeString(folder.resolve("model.onnx"), "dynamic"),
            Files.writeString(folder.resolve("model-static.onnx"), "static"),
            OPSET,
            description,
            3,
            selection,
            metrics);
    Provenance provenance =
        new Provenance(
            "1.2.3",
            "17.0.1 (Somebody)",
            "Linux 6 amd64",
            2,
            "1.24.1",
            List.of("CPU"),
            "cc",
            "dd",
            images,
            initialCheckpointSha256,
            Map.of("training", 7L),
            List.of(
                new Provenance.Session(Instant.parse("2026-01-02T03:04:05Z"), Optional.empty())));
    return new ModelFacts(
        models,
        ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), settings),
        provenance,
        credits);
  }
}
