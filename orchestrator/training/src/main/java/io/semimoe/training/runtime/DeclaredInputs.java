package io.semimoe.training.runtime;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import io.semimoe.dataset.DataException;
import io.semimoe.graph.op.ElementType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the declared inputs of a model file, since a training session tells only their names. Cheap
 * for training models, whose weights live in the checkpoint.
 */
final class DeclaredInputs {
  private DeclaredInputs() {}

  /**
   * Returns the declarations of the inputs {@code names}, in this order.
   *
   * @throws DataException if the file cannot be read as a model, or declares one of them not at all
   *     or with a type that cannot be fed
   */
  static List<InputSpec> read(Path model, Iterable<String> names) throws DataException {
    Map<String, OnnxMl.ValueInfoProto> declared = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(model))) {
      for (OnnxMl.ValueInfoProto input :
          OnnxMl.ModelProto.parseFrom(in).getGraph().getInputList()) {
        declared.put(input.getName(), input);
      }
    } catch (IOException e) {
      throw new DataException(model, "cannot be read as an ONNX model: " + e.getMessage(), e);
    }
    List<InputSpec> specs = new ArrayList<>();
    for (String name : names) {
      OnnxMl.ValueInfoProto input = declared.get(name);
      if (input == null) {
        throw new DataException(
            model, "input '" + name + "' is not declared; found " + declared.keySet());
      }
      specs.add(spec(model, input));
    }
    return List.copyOf(specs);
  }

  private static InputSpec spec(Path model, OnnxMl.ValueInfoProto input) throws DataException {
    OnnxMl.TypeProto.Tensor tensor = input.getType().getTensorType();
    List<Long> shape = tensor.getShape().getDimList().stream().map(Dimension::getDimValue).toList();
    ElementType type =
        Stream.of(ElementType.FLOAT, ElementType.BOOL)
            .filter(fed -> fed.code() == tensor.getElemType())
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        model,
                        "input '"
                            + input.getName()
                            + "' has ONNX element type "
                            + tensor.getElemType()
                            + "; only FLOAT (1) and BOOL (9) can be fed. Was it meant to be a"
                            + " parameter? Then it is missing in the checkpoint"));
    return new InputSpec(input.getName(), type, shape);
  }
}
