package io.semimoe.training.export;

import io.semimoe.inference.ModelDescription;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.ExportedModels;
import io.semimoe.training.run.Provenance;

/**
 * What the files of an export folder are written from.
 *
 * @param models the models, written already
 * @param configuration configuration of the run
 * @param provenance what made the run
 * @param credits who made it and on what terms it may be used
 */
record ModelFacts(
    ExportedModels models,
    TrainingConfiguration configuration,
    Provenance provenance,
    Credits credits) {
  /** Longest name of a preset in the model's name, which may have 128 characters. */
  private static final int LONGEST_PRESET = 64;

  /** Share of a tile that is cut off on each side: neighbours share a quarter. */
  private static final int HALO_SHARE = 8;

  ModelDescription description() {
    return models.description();
  }

  /** Returns a name of the characters that the bioimage.io format allows. */
  String name() {
    String preset = description().preset().replaceAll("[^A-Za-z0-9_ -]", "_");
    return "Semi-MoE "
        + description().foregroundClass().replaceAll("[^A-Za-z0-9_ -]", "_")
        + " segmentation ("
        + preset.substring(0, Math.min(LONGEST_PRESET, preset.length()))
        + " "
        + size()
        + ")";
  }

  /** Returns the side of a tile in pixels. */
  int size() {
    return description().tileSize();
  }

  /** Returns what is cut off on each side of a tile, in pixels; an even number. */
  int halo() {
    return size() / HALO_SHARE;
  }
}
