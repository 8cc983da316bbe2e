package io.semimoe.training.runtime;

/** Element type of an input that a step can be fed with. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT,
  /** Truth value, one byte each. */
  BOOL
}
