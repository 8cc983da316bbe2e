package io.semimoe.graph.op;

/** Element types of tensors, with their ONNX codes. */
public enum ElementType {
  FLOAT(1, "float32"),
  INT64(7, "int64"),
  BOOL(9, "bool");

  private final int code;
  private final String text;

  ElementType(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** Returns the value of ONNX {@code TensorProto.DataType}. */
  public int code() {
    return code;
  }

  @Override
  public String toString() {
    return text;
  }
}
