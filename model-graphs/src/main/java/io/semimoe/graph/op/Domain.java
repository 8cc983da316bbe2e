package io.semimoe.graph.op;

/** Operator sets, with the versions that the models declare. */
public enum Domain {
  ONNX("", 17),
  MICROSOFT("com.microsoft", 1);

  private final String text;
  private final int version;

  Domain(String text, int version) {
    this.text = text;
    this.version = version;
  }

  /** Returns the name of the domain; empty for the operators of ONNX itself. */
  public String text() {
    return text;
  }

  /** Returns the version of the operator set. */
  public int version() {
    return version;
  }
}
