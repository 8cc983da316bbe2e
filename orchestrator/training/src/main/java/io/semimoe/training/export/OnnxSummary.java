package io.semimoe.training.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What any ONNX file says about itself, read without a runtime.
 *
 * @param bytes size of the file
 * @param irVersion version of the ONNX format
 * @param opset version of the default operator set; 0 if the file names none
 * @param inputs tensors that are fed
 * @param outputs tensors that come back
 * @param parameters number of floating-point values stored in the file, constants included
 * @param metadata custom metadata, sorted by key
 */
public record OnnxSummary(
    long bytes,
    long irVersion,
    long opset,
    List<Tensor> inputs,
    List<Tensor> outputs,
    long parameters,
    Map<String, String> metadata) {

  /**
   * An input or output.
   *
   * @param type element type, such as {@code float32}
   * @param shape its sides, such as {@code [N, 3, 128, 128]}; a name or ? where a side is open
   */
  public record Tensor(String name, String type, List<String> shape) {
    /** Copies the shape. */
    public Tensor {
      shape = List.copyOf(shape);
    }
  }

  private static final Set<TensorProto.DataType> FLOATING =
      Set.of(
          TensorProto.DataType.FLOAT,
          TensorProto.DataType.FLOAT16,
          TensorProto.DataType.BFLOAT16,
          TensorProto.DataType.DOUBLE);

  /** Copies the collections. */
  public OnnxSummary {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * Reads a file; its weights are in memory meanwhile.
   *
   * @throws DataException if there is no such file, it cannot be read or is no ONNX model
   */
  public static OnnxSummary read(Path file) throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file, "expected a model file (.onnx), found no file at this path");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ModelProto model = ModelProto.parseFrom(in);
      if (model.getGraph().getOutputCount() == 0) {
        throw notOnnx(file, null);
      }
      return of(Files.size(file), model);
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx(file, e);
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }

  private static DataException notOnnx(Path file, Exception cause) {
    return new DataException(
        file, "expected an ONNX model, found something else or a part of one", cause);
  }

  private static OnnxSummary of(long bytes, ModelProto model) {
    GraphProto graph = model.getGraph();
    Set<String> stored =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return new OnnxSummary(
        bytes,
        model.getIrVersion(),
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
            .mapToLong(set -> set.getVersion())
            .findFirst()
            .orElse(0),
        graph.getInputList().stream()
            .filter(input -> !stored.contains(input.getName()))
            .map(OnnxSummary::tensor)
            .toList(),
        graph.getOutputList().stream().map(OnnxSummary::tensor).toList(),
        graph.getInitializerList().stream()
            .filter(t -> FLOATING.contains(TensorProto.DataType.forNumber(t.getDataType())))
            .mapToLong(t -> t.getDimsList().stream().reduce(1L, (a, b) -> a * b))
            .sum(),
        model.getMetadataPropsList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey,
                    StringStringEntryProto::getValue,
                    (first, second) -> second)));
  }

  private static Tensor tensor(ValueInfoProto value) {
    TensorProto.DataType type =
        TensorProto.DataType.forNumber(value.getType().getTensorType().getElemType());
    return new Tensor(
        value.getName(),
        typeName(type),
        value.getType().getTensorType().getShape().getDimList().stream()
            .map(OnnxSummary::side)
            .toList());
  }

  private static String typeName(TensorProto.DataType type) {
    if (type == null) {
      return "unknown";
    }
    return switch (type) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String side(TensorShapeProto.Dimension side) {
    if (side.hasDimValue()) {
      return Long.toString(side.getDimValue());
    }
    return side.getDimParam().isEmpty() ? "?" : side.getDimParam();
  }
}
