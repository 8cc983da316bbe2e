package io.semimoe.graph.network;

import java.util.Locale;

/** The three tasks of Semi-MoE; each has an expert, a gate and a loss. */
public enum Task {
  /** Background and gland, softmax over 2 channels. */
  SEGMENTATION(2),
  /** Signed distance field, tanh of 1 channel. */
  DISTANCE(1),
  /** No boundary and boundary, softmax over 2 channels. */
  BOUNDARY(2);

  private final int channels;

  Task(int channels) {
    this.channels = channels;
  }

  /** Returns the number of output channels. */
  public int channels() {
    return channels;
  }

  /** Returns the name as parameters carry it, for instance {@code segmentation}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
