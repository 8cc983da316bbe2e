package io.semimoe.dataset.target;

/** What a target makes of glands that touch. */
public enum TargetMode {
  /** The paper's form: all glands are one region; where they touch there is nothing to see. */
  UNION,
  /** Each gland is a region of its own, with a wall towards those that it touches. */
  INSTANCES
}
