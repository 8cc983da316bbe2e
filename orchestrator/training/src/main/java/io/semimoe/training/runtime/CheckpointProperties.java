package io.semimoe.training.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtTrainingSession;

/**
 * Named values that travel in a session's checkpoint: what was loaded with it, and what was put
 * since. They are stored by {@link TrainingSession#saveCheckpoint}.
 */
public final class CheckpointProperties {
  private final TrainingSession owner;

  CheckpointProperties(TrainingSession owner) {
    this.owner = owner;
  }

  /** Sets a float value, replacing one of this name. */
  public void put(String name, float value) {
    write(name, session -> session.addProperty(name, value));
  }

  /** Sets an integer value, replacing one of this name. */
  public void put(String name, int value) {
    write(name, session -> session.addProperty(name, value));
  }

  /** Sets a text value, replacing one of this name. */
  public void put(String name, String value) {
    write(name, session -> session.addProperty(name, value));
  }

  /**
   * Returns a float value.
   *
   * @throws IllegalArgumentException if the checkpoint has no float of this name
   */
  public float getFloat(String name) {
    return read(name, "float", session -> session.getFloatProperty(name));
  }

  /**
   * Returns an integer value.
   *
   * @throws IllegalArgumentException if the checkpoint has no integer of this name
   */
  public int getInt(String name) {
    return read(name, "integer", session -> session.getIntProperty(name));
  }

  /**
   * Returns a text value.
   *
   * @throws IllegalArgumentException if the checkpoint has no text of this name
   */
  public String getString(String name) {
    return read(name, "text", session -> session.getStringProperty(name));
  }

  private void write(String name, TrainingSession.Action action) {
    owner.run("set property '" + name + "'", action);
  }

  private <T> T read(String name, String type, Reader<T> reader) {
    OrtTrainingSession session = owner.open();
    try {
      return reader.read(session);
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          owner.checkpoint() + ": the checkpoint has no " + type + " property '" + name + "'", e);
    }
  }

  private interface Reader<T> {
    T read(OrtTrainingSession session) throws OrtException;
  }
}
