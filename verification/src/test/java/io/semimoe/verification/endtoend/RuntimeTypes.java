package io.semimoe.verification.endtoend;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.semimoe.training.runtime.natives.NativeLibraries;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Types of the values of a model as the training-enabled runtime finds them, as texts like those of
 * {@link DeclaredTypes}.
 */
final class RuntimeTypes {
  private RuntimeTypes() {}

  /** Returns the types of inputs and outputs that the runtime reports. */
  static Map<String, String> reported(ModelProto model) throws OrtException {
    Map<String, String> types = new LinkedHashMap<>();
    try (OrtSession session = open(model)) {
      session.getInputInfo().forEach((k, v) -> types.put(k, DeclaredTypes.text(v.getInfo())));
      session.getOutputInfo().forEach((k, v) -> types.put(k, DeclaredTypes.text(v.getInfo())));
    }
    return types;
  }

  /**
   * Runs a model on zeros and returns the types of all tensors that its nodes make. What the model
   * declares about them is taken away first.
   *
   * @param model one whose inputs are tensors of fixed shape
   */
  static Map<String, String> ofARun(ModelProto model) throws OrtException {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, OnnxTensor> zeros = new LinkedHashMap<>();
    try (OrtSession session = open(withEverythingAsOutput(model))) {
      for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
        zeros.put(input.getKey(), zeros((TensorInfo) input.getValue().getInfo()));
      }
      try (OrtSession.Result result = session.run(zeros)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          types.put(output.getKey(), DeclaredTypes.text(output.getValue().getInfo()));
        }
      }
    } finally {
      zeros.values().forEach(OnnxTensor::close);
    }
    return types;
  }

  private static ModelProto withEverythingAsOutput(ModelProto model) {
    ModelProto.Builder open = model.toBuilder();
    GraphProto.Builder graph = open.getGraphBuilder().clearValueInfo().clearOutput();
    for (NodeProto node : model.getGraph().getNodeList()) {
      for (String output : node.getOutputList()) {
        if (!output.isEmpty()) {
          graph.addOutputBuilder().setName(output);
        }
      }
    }
    return open.build();
  }

  private static OnnxTensor zeros(TensorInfo info) throws OrtException {
    int bytes = Math.toIntExact(info.getNumElements() * info.type.size);
    return OnnxTensor.createTensor(
        NativeLibraries.load().environment(),
        ByteBuffer.allocateDirect(bytes),
        info.getShape(),
        info.type);
  }

  private static OrtSession open(ModelProto model) throws OrtException {
    OrtEnvironment environment = NativeLibraries.load().environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return environment.createSession(model.toByteArray(), options);
    }
  }
}
