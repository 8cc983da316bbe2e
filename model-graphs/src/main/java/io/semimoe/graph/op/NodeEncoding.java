package io.semimoe.graph.op;

/** Receives the ONNX form of a node: its inputs in order and its attributes. */
public interface NodeEncoding {

  /** Adds all remaining inputs of the node, in order. */
  void inputs();

  /** Adds the next input of the node. */
  void input();

  /** Adds an input that is left out. */
  void absentInput();

  /** Adds a constant as an input. */
  void constant(Constant value);

  /** Adds an attribute. */
  void attribute(String name, long value);

  /** Adds an attribute. */
  void attribute(String name, long[] values);

  /** Adds an attribute. */
  void attribute(String name, float value);

  /** Adds an attribute. */
  void attribute(String name, String value);
}
