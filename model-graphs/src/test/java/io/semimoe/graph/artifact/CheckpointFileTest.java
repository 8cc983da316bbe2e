package io.semimoe.graph.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.graph.Graph;
import io.semimoe.graph.Initialization;
import io.semimoe.graph.op.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          List.of(
              tensor("segmentation.head.weight", Shape.of(2, 3, 1, 1), 1, -2, 3.5f, 0, -0f, 1e-30f),
              tensor("größe", Shape.of(1), Float.MAX_VALUE)),
          List.of(
              tensor("running_mean", Shape.of(2), 0.25f, Float.NaN),
              tensor("scalar", Shape.SCALAR, 7)),
          Map.of());

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("checkpoint");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    write(CHECKPOINT);
    checkEqual(CheckpointFile.read(file), CHECKPOINT);
  }

  @Test
  void anEmptyCheckpointIsReadBack() throws IOException {
    write(new Checkpoint(List.of(), List.of(), Map.of()));
    checkEqual(CheckpointFile.read(file), new Checkpoint(List.of(), List.of(), Map.of()));
  }

  @Test
  void writingReplacesALongerFile() throws IOException {
    Files.write(file, new byte[100_000]);
    write(CHECKPOINT);
    assertThat(Files.size(file)).isLessThan(10_000);
    checkEqual(CheckpointFile.read(file), CHECKPOINT);
  }

  @Test
  void aFileTakesHardlyLessThanIsSaid() throws IOException {
    Graph graph = new Graph();
    graph.parameter("weight", Shape.of(300, 1000), new Initialization.Constant(0));
    graph.state("running_mean", Shape.of(50_000), new Initialization.Constant(0));
    CheckpointFile.write(file, graph, v -> v.initialValues(1));

    assertThat(Files.size(file)).isBetween(1_400_000L, CheckpointFile.mostBytes(graph, 0));
    assertThat(CheckpointFile.mostBytes(graph, 0)).isLessThan(1_500_000);
    assertThat(CheckpointFile.mostBytes(graph, 2)).isBetween(3_800_000L, 3_900_000L);
  }

  @Test
  void theFileCarriesTheIdentifierOfTheRuntime() throws IOException {
    write(CHECKPOINT);
    assertThat(Arrays.copyOfRange(Files.readAllBytes(file), 4, 8))
        .isEqualTo("ODTC".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void anotherKindOfFileIsRefused() throws IOException {
    for (String content : List.of("", "ODTC", "not a checkpoint at all")) {
      Files.writeString(file, content);
      assertThatThrownBy(() -> CheckpointFile.read(file))
          .isInstanceOf(IOException.class)
          .hasMessage(
              file
                  + ": expected a checkpoint of ONNX Runtime Training (identifier ODTC), found"
                  + " another kind of file");
    }
  }

  @Test
  void aFileCutShortIsRefusedByName() throws IOException {
    write(CHECKPOINT);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        // Only padding or the end of what is written last, and read nowhere, can be missing.
        checkEqual(CheckpointFile.read(file), CHECKPOINT);
        assertThat(length).isGreaterThan(whole.length - 8);
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      }
    }
  }

  @Test
  void aDamagedFileIsReadOrRefusedByName() throws IOException {
    write(CHECKPOINT);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      for (int flip : new int[] {0x01, 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) flip;
        Files.write(file, damaged);
        try {
          CheckpointFile.read(file);
        } catch (IOException e) {
          assertThat(e).hasMessageStartingWith(file + ": ");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 4);
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    write(CHECKPOINT);
    byte[] bytes = Files.readAllBytes(file);
    // The root table begins with its distance from its field positions; the version is field 0.
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int root = data.getInt(0);
    int version = root + data.getShort(root - data.getInt(root) + 4);
    assertThat(data.getInt(version)).isEqualTo(2);
    data.putInt(version, 3);
    Files.write(file, bytes);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected checkpoint version 2, found 3");
  }

  @Test
  void aMissingFileIsAnIoException() {
    assertThatThrownBy(() -> CheckpointFile.read(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void aTensorHasAsManyValuesAsItsShape() {
    assertThatThrownBy(() -> tensor("w", Shape.of(3), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 'w' of shape [3]: expected 3 values, found 2");
  }

  @Test
  void contentsAreFoundByName() {
    assertThat(CHECKPOINT.contents().apply("scalar")).containsExactly(7);
    assertThatThrownBy(() -> CHECKPOINT.contents().apply("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the checkpoint has no tensor 'nothing'");
  }

  @Test
  void averagesAreMeantWhereThereAreAny() {
    CheckpointTensor own = tensor("w", Shape.of(1), 1);
    CheckpointTensor head = tensor("head", Shape.of(1), 2);
    CheckpointTensor average = tensor("average.w", Shape.of(1), 3);
    Checkpoint averaged = new Checkpoint(List.of(own, head), List.of(average), Map.of());
    Checkpoint reversed = new Checkpoint(List.of(average), List.of(head, own), Map.of());

    for (Checkpoint checkpoint : List.of(averaged, reversed)) {
      assertThat(checkpoint.network()).containsOnlyKeys("w", "head");
      assertThat(checkpoint.contents().apply("w")).containsExactly(3);
      assertThat(checkpoint.contents().apply("head")).containsExactly(2);
    }
  }

  @Test
  void aCheckpointHoldsAllVariablesOfAGraph() throws IOException {
    Graph graph = new Graph();
    graph.parameter("w", Shape.of(2, 2), new Initialization.KaimingNormal());
    graph.state("v", Shape.of(2), new Initialization.Constant(3));
    CheckpointFile.write(file, graph, v -> v.initialValues(5));
    checkEqual(
        CheckpointFile.read(file),
        new Checkpoint(
            List.of(
                tensor(
                    "w",
                    Shape.of(2, 2),
                    new Initialization.KaimingNormal().values("w", Shape.of(2, 2), 5))),
            List.of(tensor("v", Shape.of(2), 3, 3)),
            Map.of()));
  }

  private void write(Checkpoint checkpoint) throws IOException {
    Graph graph = new Graph();
    Initialization none = new Initialization.Constant(0);
    checkpoint.parameters().forEach(t -> graph.parameter(t.name(), t.shape(), none));
    checkpoint.states().forEach(t -> graph.state(t.name(), t.shape(), none));
    CheckpointFile.write(file, graph, v -> checkpoint.contents().apply(v.name()));
  }

  private static CheckpointTensor tensor(String name, Shape shape, float... values) {
    return new CheckpointTensor(name, shape, FloatBuffer.wrap(values));
  }

  private static void checkEqual(Checkpoint found, Checkpoint expected) {
    checkEqual(found.parameters(), expected.parameters());
    checkEqual(found.states(), expected.states());
  }

  private static void checkEqual(List<CheckpointTensor> found, List<CheckpointTensor> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).name()).isEqualTo(expected.get(i).name());
      assertThat(found.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(found.get(i).values()).isEqualTo(expected.get(i).values());
    }
  }
}
