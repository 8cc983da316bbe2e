package io.semimoe.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;

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

  /** Returns an attribute of one number, rounded to float32. */
  public static AttributeProto number(String name, double value) {
    return named(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  /** Returns an attribute that is a graph, as branches are. */
  public static AttributeProto graph(String name, GraphProto graph) {
    return named(name, AttributeProto.AttributeType.GRAPH).setG(graph).build();
  }

  static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
