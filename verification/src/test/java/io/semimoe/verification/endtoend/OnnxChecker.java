package io.semimoe.verification.endtoend;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnx.proto.OnnxMl.Version;
import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of the ONNX checker that need no table of operators, on the model as it lies in the
 * file. What an operator takes and gives is checked by the runtime when it opens the model.
 *
 * <p>Graphs inside attributes are checked like the model's, and may read what is made before them.
 * Functions, sparse tensors and tensors outside the file are not followed; that they are there is a
 * problem.
 */
final class OnnxChecker {
  /** The first version in which a model tells its operator sets. */
  private static final int FIRST_IR_VERSION = 3;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> domains = new HashSet<>();

  /** What a node may read: graph inputs, initializers and the outputs of the nodes before it. */
  private final Set<String> values = new HashSet<>();

  private OnnxChecker() {}

  /** Returns what is wrong with a model, a sentence each. */
  static List<String> problems(ModelProto model) {
    OnnxChecker checker = new OnnxChecker();
    checker.checkModel(model);
    checker.checkGraph(model.getGraph());
    return List.copyOf(checker.problems);
  }

  private void checkModel(ModelProto model) {
    long version = model.getIrVersion();
    int newest = Version.IR_VERSION.getNumber();
    if (version < FIRST_IR_VERSION || version > newest) {
      problem("the IR version is %d, expected %d to %d", version, FIRST_IR_VERSION, newest);
    }
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (!domains.add(domain(set.getDomain()))) {
        problem("the operator set '%s' is imported twice", set.getDomain());
      }
      if (set.getVersion() < 1) {
        problem("the operator set '%s' has version %d", set.getDomain(), set.getVersion());
      }
    }
    if (model.getFunctionsCount() > 0 || model.getGraph().getSparseInitializerCount() > 0) {
      problem("there are functions or sparse tensors, which are not checked");
    }
    Set<String> keys = new HashSet<>();
    model
        .getMetadataPropsList()
        .forEach(
            entry -> {
              if (!keys.add(entry.getKey())) {
                problem("the metadata hold '%s' twice", entry.getKey());
              }
            });
  }

  private void checkGraph(GraphProto graph) {
    if (graph.getName().isEmpty()) {
      problem("the graph has no name");
    }
    for (ValueInfoProto input : graph.getInputList()) {
      define(input.getName(), "an input");
      checkDeclaration("input", input);
    }
    checkInitializers(graph);
    checkNodes(graph);
    checkDeclarations(graph);
    checkOutputs(graph);
  }

  private void checkInitializers(GraphProto graph) {
    Set<String> names = new HashSet<>();
    for (TensorProto initializer : graph.getInitializerList()) {
      String name = initializer.getName();
      if (name.isEmpty()) {
        problem("an initializer has no name");
      } else if (!names.add(name)) {
        problem("there are two initializers '%s'", name);
      }
      // An initializer with the name of an input is its default.
      values.add(name);
      OnnxFields.problem(initializer).ifPresent(p -> problem("initializer '%s' %s", name, p));
    }
  }

  private void checkNodes(GraphProto graph) {
    Set<String> names = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      String where = "node '" + node.getName() + "'";
      if (!node.getName().isEmpty() && !names.add(node.getName())) {
        problem("there are two nodes '%s'", node.getName());
      }
      if (node.getOpType().isEmpty()) {
        problem("%s has no operator", where);
      }
      if (!domains.contains(domain(node.getDomain()))) {
        problem("%s: its operator set '%s' is not imported", where, node.getDomain());
      }
      if (node.getOutputList().stream().allMatch(String::isEmpty)) {
        problem("%s has no output", where);
      }
      checkAttributes(where, node);
      for (String input : node.getInputList()) {
        if (!input.isEmpty() && !values.contains(input)) {
          problem("%s reads '%s', which nothing before it makes", where, input);
        }
      }
      for (String output : node.getOutputList()) {
        if (!output.isEmpty()) {
          define(output, where);
        }
      }
    }
  }

  private void checkAttributes(String where, NodeProto node) {
    Set<String> names = new HashSet<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      String name = attribute.getName();
      if (name.isEmpty()) {
        problem("%s has an attribute without a name", where);
      } else if (!names.add(name)) {
        problem("%s has the attribute '%s' twice", where, name);
      }
      OnnxFields.problem(attribute)
          .ifPresent(p -> problem("%s: attribute '%s' %s", where, name, p));
      if (attribute.hasG()) {
        OnnxChecker branch = new OnnxChecker();
        branch.domains.addAll(domains);
        branch.values.addAll(values);
        branch.checkGraph(attribute.getG());
        branch.problems.forEach(p -> problem("%s, graph '%s': %s", where, name, p));
      }
    }
  }

  /** Checks what is said about values that are neither inputs nor outputs. */
  private void checkDeclarations(GraphProto graph) {
    Set<String> declared = new HashSet<>();
    graph.getInputList().forEach(input -> declared.add(input.getName()));
    graph.getOutputList().forEach(output -> declared.add(output.getName()));
    for (ValueInfoProto value : graph.getValueInfoList()) {
      if (!declared.add(value.getName())) {
        problem("the value '%s' is declared twice", value.getName());
      }
      if (!values.contains(value.getName())) {
        problem("the value '%s' is declared, but nothing makes it", value.getName());
      }
      checkDeclaration("value", value);
    }
  }

  private void checkOutputs(GraphProto graph) {
    if (graph.getOutputCount() == 0) {
      problem("the graph has no output");
    }
    Set<String> names = new HashSet<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!names.add(output.getName())) {
        problem("there are two outputs '%s'", output.getName());
      }
      if (!values.contains(output.getName())) {
        problem("nothing makes the output '%s'", output.getName());
      }
      checkDeclaration("output", output);
    }
  }

  private void checkDeclaration(String kind, ValueInfoProto value) {
    OnnxFields.problem(value.getType())
        .ifPresent(p -> problem("%s '%s' %s", kind, value.getName(), p));
  }

  private void define(String value, String maker) {
    if (value.isEmpty()) {
      problem("%s has no name", maker);
    } else if (!values.add(value)) {
      problem("'%s' is made more than once, the last time by %s", value, maker);
    }
  }

  /** The operators of ONNX itself have a domain of two names. */
  private static String domain(String text) {
    return text.equals("ai.onnx") ? "" : text;
  }

  @FormatMethod
  private void problem(String format, Object... arguments) {
    problems.add(String.format(format, arguments));
  }
}
