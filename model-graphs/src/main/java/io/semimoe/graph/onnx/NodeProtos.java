package io.semimoe.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import io.semimoe.graph.Node;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.NodeEncoding;
import java.util.Iterator;
import java.util.function.Function;

/** Turns one node into its ONNX form. */
final class NodeProtos implements NodeEncoding {
  private final NodeProto.Builder proto = NodeProto.newBuilder();
  private final Iterator<Value> remaining;
  private final Function<Value, String> names;
  private final Function<Constant, String> constants;

  private NodeProtos(
      Node node, Function<Value, String> names, Function<Constant, String> constants) {
    this.remaining = node.inputs().iterator();
    this.names = names;
    this.constants = constants;
  }

  /**
   * Encodes a node.
   *
   * @param names name of a value in the file
   * @param constants adds a constant to the file and returns its name
   */
  static NodeProto encode(
      Node node, Function<Value, String> names, Function<Constant, String> constants) {
    NodeProtos encoding = new NodeProtos(node, names, constants);
    encoding
        .proto
        .setName(node.name())
        .setOpType(node.op().type())
        .setDomain(node.op().domain().text());
    node.op().encode(encoding);
    for (int i = 0; i < node.outputs().size(); i++) {
      while (encoding.proto.getOutputCount() < node.op().outputSlot(i)) {
        encoding.proto.addOutput("");
      }
      encoding.proto.addOutput(names.apply(node.outputs().get(i)));
    }
    return encoding.proto.build();
  }

  @Override
  public void inputs() {
    while (remaining.hasNext()) {
      input();
    }
  }

  @Override
  public void input() {
    proto.addInput(names.apply(remaining.next()));
  }

  @Override
  public void absentInput() {
    proto.addInput("");
  }

  @Override
  public void constant(Constant value) {
    proto.addInput(constants.apply(value));
  }

  @Override
  public void attribute(String name, long value) {
    proto.addAttribute(AttributeProtos.integer(name, value));
  }

  @Override
  public void attribute(String name, long[] values) {
    proto.addAttribute(AttributeProtos.integers(name, values));
  }

  @Override
  public void attribute(String name, float value) {
    proto.addAttribute(AttributeProtos.named(name, AttributeProto.AttributeType.FLOAT).setF(value));
  }

  @Override
  public void attribute(String name, String value) {
    proto.addAttribute(
        AttributeProtos.named(name, AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(value)));
  }
}
