package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.artifact.TrialModel;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The runtime has a CUDA kernel for every operator of the artifacts, and of the copy of the
 * optimizer model that a session on CUDA runs, so that nothing falls back to the CPU. That it takes
 * these kernels only a GPU can show.
 */
class CudaKernelsTest {
  /**
   * Operators of ONNX with a CUDA kernel for float32 in version 17 of the operator set, of those
   * that this project uses, by docs/OperatorKernels.md of ONNX Runtime; Reshape, Identity and If
   * for bool, too, And for bool, Greater for int64.
   */
  private static final Set<String> ONNX =
      Set.of(
          "Add",
          "And",
          "AveragePool",
          "BatchNormalization",
          "Cast",
          "Concat",
          "Conv",
          "DepthToSpace",
          "Div",
          "Expand",
          "GlobalAveragePool",
          "Greater",
          "Identity",
          "If",
          "Less",
          "MatMul",
          "MaxPool",
          "Mul",
          "Pad",
          "ReduceSum",
          "Relu",
          "Reshape",
          "Resize",
          "Slice",
          "Softmax",
          "SpaceToDepth",
          "Split",
          "Sub",
          "Sum",
          "Tanh",
          "Transpose",
          "Where");

  /**
   * Operators of com.microsoft with a CUDA kernel for float32, by
   * orttraining/training_ops/cuda/cuda_training_kernels.cc of ONNX Runtime.
   */
  private static final Set<String> TRAINING =
      Set.of(
          "AdamWOptimizer",
          "BatchNormInternal",
          "BatchNormalizationGrad",
          "ConvGrad",
          "InPlaceAccumulatorV2",
          "ReluGrad",
          "SGDOptimizerV2",
          "TanhGrad");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"true, 0.1", "false, 0"})
  void everyOperatorHasAKernel(boolean sgd, double dropout) throws Exception {
    TrainingDesign design =
        new TrainingDesign(
            new NetworkSpec(8, 2, 32, 32),
            2,
            dropout,
            sgd ? new Optimizer.Sgd(0.9, 5e-5) : new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01),
            false);
    ArtifactWriter.write(folder, design, SemiMoeGraphs.training(design));
    ModelProto optimizer = read("optimizer_model");
    Set<String> used =
        Stream.of(read("training_model"), read("eval_model"), optimizer, TrialModel.of(optimizer))
            .flatMap(model -> nodes(model.getGraph()))
            .map(node -> node.getDomain() + ":" + node.getOpType())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>();
    ONNX.forEach(type -> known.add(":" + type));
    TRAINING.forEach(type -> known.add("com.microsoft:" + type));
    assertThat(used).hasSizeGreaterThan(30).isSubsetOf(known);
  }

  private ModelProto read(String name) throws Exception {
    return ModelProto.parseFrom(Files.readAllBytes(folder.resolve(name + ".onnx")));
  }

  /** All nodes, those of branches too. */
  private static Stream<NodeProto> nodes(GraphProto graph) {
    return graph.getNodeList().stream()
        .flatMap(
            node ->
                Stream.concat(
                    Stream.of(node),
                    node.getAttributeList().stream()
                        .filter(attribute -> attribute.hasG())
                        .flatMap(attribute -> nodes(attribute.getG()))));
  }
}
