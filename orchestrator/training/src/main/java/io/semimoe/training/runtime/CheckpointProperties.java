package io.semimoe.training.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtTrainingSession;

/**
 * Named texts that travel in a session's checkpoint: what was loaded with it, and what was put
 * since. They are stored by {@link TrainingSession#saveCheckpoint}.
 */
public final class CheckpointProperties {
  private final TrainingSession owner;

  CheckpointProperties(TrainingSession owner) {
    this.owner = owner;
  }

  /** Sets a text, replacing one of this name. */
  public void put(String name, String value) {
    owner.run("set property '" + name + "'", session -> session.addProperty(name, value));
  }

  /**
   * Returns a text.
   *
   * @throws IllegalArgumentException if the checkpoint has no text of this name
   */
  public String getString(String name) {
    OrtTrainingSession session = owner.open();
    try {
      return session.getStringProperty(name);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          owner.checkpoint() + ": the checkpoint has no text property '" + name + "'", e);
    }
  }
}
