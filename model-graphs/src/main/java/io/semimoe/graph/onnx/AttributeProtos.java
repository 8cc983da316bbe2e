package io.semimoe.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;

/** Attributes of nodes in ONNX form. */
public final class AttributeProtos {
  private AttributeProtos() {}

  /** Returns an attribute of one integer. */
  public static AttributeProto integer(String name, long value) {
    return named(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  /** Returns an attribute of a list of integers. */
  public static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute = named(name, AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
