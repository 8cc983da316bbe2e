package io.semimoe.training.run;

import java.nio.file.Path;

/** The files in the folder {@code export} of a run. */
public enum ExportedFile {
  /** Any batch, height and width that are multiples of 16; all outputs. */
  MODEL("model.onnx"),

  /** One image of the training size, probabilities alone. */
  STATIC_MODEL("model-static.onnx"),

  /** A generated image. */
  TEST_INPUT("test-input.npy"),

  /** What the static model makes of it. */
  TEST_OUTPUT("test-output.npy"),

  /** Script for QuPath. */
  QUPATH_SCRIPT("qupath.groovy"),

  /** What the model is, from what it was made, how good it is. */
  MODEL_CARD("model-card.md"),

  /** Description of bioimage.io, with the hashes of the others. */
  RESOURCE_DESCRIPTION("rdf.yaml");

  private final String fileName;

  ExportedFile(String fileName) {
    this.fileName = fileName;
  }

  /** Returns the name of the file in its folder. */
  public String fileName() {
    return fileName;
  }

  /** Returns the file in a folder. */
  public Path in(Path folder) {
    return folder.resolve(fileName);
  }
}
