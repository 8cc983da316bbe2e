package io.semimoe.dataset.target;

/** What counts as a boundary where glands touch. */
public enum BoundaryMode {
  /** The paper's form: the ring around the union of all glands; walls between glands are none. */
  UNION,
  /** Each gland has its own ring, so that the wall between touching glands is a boundary. */
  INSTANCES
}
