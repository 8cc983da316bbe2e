package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.semimoe.graph.artifact.Optimizer;
import io.semimoe.graph.network.NetworkSpec;
import io.semimoe.training.artifact.ArtifactWriter;
import io.semimoe.training.artifact.SemiMoeGraphs;
import io.semimoe.training.artifact.TrainingDesign;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The runtime has a CUDA kernel for every operator of the artifacts, so that nothing falls back to
 * the CPU. That it takes these kernels only a GPU can show.
 */
class CudaKernelsTest {
  /**
   * Operators of ONNX with a CUDA kernel for float32 in version 17 of the operator set, of those
   * that this project uses, by docs/OperatorKernels.md of ONNX Runtime; Reshape, Identity and If
   * for bool, too, Greater for int64.
   */
  private static final Set<String> ONNX =
      Set.of(
          "Add",
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
            sgd ? new Optimizer.Sgd(0.9, 5e-5) : new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01));
    ArtifactWriter.write(folder, design, SemiMoeGraphs.training(design));
    Set<String> used = new TreeSet<>();
    for (String file : new String[] {"training_model", "eval_model", "optimizer_model"}) {
      Path model = folder.resolve(file + ".onnx");
      nodes(ModelProto.parseFrom(Files.readAllBytes(model)).getGraph())
          .map(node -> node.getDomain() + ":" + node.getOpType())
          .forEach(used::add);
    }
    Set<String> known = new TreeSet<>();
    ONNX.forEach(type -> known.add(":" + type));
    TRAINING.forEach(type -> known.add("com.microsoft:" + type));
    assertThat(used).hasSizeGreaterThan(30).isSubsetOf(known);
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
