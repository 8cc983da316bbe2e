package io.semimoe.graph.artifact;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.flatbuffers.Table;
import io.semimoe.graph.Graph;
import io.semimoe.graph.Variable;
import io.semimoe.graph.op.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads and writes the checkpoint file of ONNX Runtime Training: FlatBuffers with identifier {@code
 * ODTC}, schema version 2 (onnxruntime/core/flatbuffers/schema/ort_training_checkpoint.fbs). A file
 * stays below 2 GB.
 */
public final class CheckpointFile {
  private static final String IDENTIFIER = "ODTC";

  /** Bytes up to the end of the identifier, which stands behind an offset. */
  private static final int START = 8;

  private static final int VERSION = 2;
  private static final int FLOAT = 1;

  /** Bytes that a file may have: its parts are told apart by offsets of 31 bits. */
  public static final long MOST_BYTES = Integer.MAX_VALUE - 16;

  /** Bytes that are written at once. */
  private static final int PIECE = 1 << 20;

  private CheckpointFile() {}

  /**
   * Writes the checkpoint with which training of a graph begins. Takes the memory of the file on
   * the heap, and that of one tensor.
   *
   * <p>It holds no moments of the optimizer: the runtime begins with moments of 0.
   *
   * @param contents gives the elements of each parameter and state, in row-major order
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, Graph graph, Function<Variable, float[]> contents)
      throws IOException {
    Function<Variable, CheckpointTensor> tensor =
        v -> new CheckpointTensor(v.name(), v.value().shape(), FloatBuffer.wrap(contents.apply(v)));
    List<Variable> parameters = graph.parameters();
    List<Variable> states = graph.states();
    long bytes = mostBytes(graph, 0);
    if (bytes > MOST_BYTES) {
      throw new IOException(
          file + ": a checkpoint file must stay below 2 GB, this one needs " + bytes + " bytes");
    }
    FlatBufferBuilder builder = new FlatBufferBuilder((int) bytes);
    int parametersVector = vector(builder, parameters.stream().map(tensor));
    int statesVector = vector(builder, states.stream().map(tensor));
    builder.startTable(4);
    builder.addOffset(0, parametersVector, 0);
    builder.addOffset(1, statesVector, 0);
    builder.addBoolean(2, false, true);
    int moduleState = builder.endTable();
    builder.startTable(4);
    builder.addInt(0, VERSION, 0);
    builder.addOffset(1, moduleState, 0);
    int root = builder.endTable();
    builder.finish(root, IDENTIFIER);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer data = builder.dataBuffer();
      while (data.hasRemaining()) {
        // The channel keeps native memory as large as the largest piece it ever wrote.
        ByteBuffer piece = data.slice(data.position(), Math.min(PIECE, data.remaining()));
        data.position(data.position() + channel.write(piece));
      }
    }
  }

  /**
   * Returns an upper bound of the bytes that a checkpoint takes: 4 an element and some hundred a
   * tensor.
   *
   * @param moments how many moments of each parameter it holds, see {@link Optimizer#moments}
   */
  public static long mostBytes(Graph graph, int moments) {
    return (1 << 16) + (1 + moments) * mostBytes(graph.parameters()) + mostBytes(graph.states());
  }

  private static long mostBytes(List<Variable> variables) {
    return variables.stream()
        .mapToLong(v -> 4 * v.value().shape().elements() + 8L * v.name().length() + 512)
        .sum();
  }

  private static int vector(FlatBufferBuilder builder, Stream<CheckpointTensor> tensors) {
    int[] offsets = tensors.mapToInt(t -> tensor(builder, t)).toArray();
    return builder.createVectorOfTables(offsets);
  }

  private static int tensor(FlatBufferBuilder builder, CheckpointTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * tensor.elements().remaining()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.elements().duplicate());
    int data = builder.createByteVector(bytes);
    long[] dims = tensor.shape().toLongArray();
    builder.startVector(8, dims.length, 8);
    for (int i = dims.length - 1; i >= 0; i--) {
      builder.addLong(dims[i]);
    }
    int shape = builder.endVector();
    int name = builder.createString(tensor.name());
    builder.startTable(7);
    builder.addOffset(0, name, 0);
    builder.addOffset(2, shape, 0);
    builder.addInt(3, FLOAT, 0);
    builder.addOffset(4, data, 0);
    builder.addLong(6, -1, -1);
    return builder.endTable();
  }

  /**
   * Reads the parameters, states and texts of a checkpoint file. The elements of the tensors stay
   * in the file, which is mapped as {@link #map} does.
   *
   * @throws IOException if the file cannot be read or is no checkpoint of this kind
   */
  public static Checkpoint read(Path file) throws IOException {
    return read(file, map(file));
  }

  /**
   * Reads the content of a file, as {@link #map} returns it. The elements of the tensors stay in
   * it.
   *
   * @param file where it is from, for messages
   * @throws IOException if it is no checkpoint of this kind
   */
  public static Checkpoint read(Path file, ByteBuffer content) throws IOException {
    ByteBuffer data = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (!isCheckpoint(data)) {
      throw new IOException(
          file
              + ": expected a checkpoint of ONNX Runtime Training (identifier ODTC), found another"
              + " kind of file");
    }
    try {
      Fields root = Fields.root(data);
      int version = root.integer(0);
      if (version != VERSION) {
        throw new IOException(
            file + ": expected checkpoint version " + VERSION + ", found " + version);
      }
      Fields module = root.table(1);
      return new Checkpoint(
          tensors(file, module.tables(0)), tensors(file, module.tables(1)), texts(root));
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      // Positions, lengths and texts are followed as they are; a wrong one ends here.
      throw new IOException(file + ": the checkpoint is damaged or cut short", e);
    }
  }

  /**
   * Returns whether a file starts like a checkpoint; its content may still be damaged.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isCheckpoint(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return isCheckpoint(ByteBuffer.wrap(in.readNBytes(START)));
    }
  }

  private static boolean isCheckpoint(ByteBuffer data) {
    return data.remaining() >= START && Fields.hasIdentifier(data, IDENTIFIER);
  }

  /**
   * Maps a file into memory until the buffer, and what was read from it, is gone: the file may be
   * replaced or deleted meanwhile, but not be overwritten in place.
   *
   * @throws IOException if it cannot be read or is too large for a checkpoint
   */
  public static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > MOST_BYTES) {
        throw new IOException(
            file
                + ": a checkpoint file must stay below 2 GB, this one has "
                + channel.size()
                + " bytes");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private static Map<String, String> texts(Fields root) {
    Map<String, String> texts = new HashMap<>();
    if (root.has(3)) {
      root.table(3).tables(2).forEach(property -> texts.put(property.text(0), property.text(1)));
    }
    return texts;
  }

  private static List<CheckpointTensor> tensors(Path file, List<Fields> records)
      throws IOException {
    List<CheckpointTensor> tensors = new ArrayList<>();
    for (Fields r : records) {
      if (r.integer(3) != FLOAT) {
        throw new IOException(
            file
                + ": tensor '"
                + r.text(0)
                + "' has element type "
                + r.integer(3)
                + ", expected float32 (1)");
      }
      tensors.add(new CheckpointTensor(r.text(0), Shape.of(r.dims(2)), r.bytes(4).asFloatBuffer()));
    }
    return tensors;
  }

  /** A FlatBuffers table read by field number. */
  private static final class Fields extends Table {
    private Fields(int position, ByteBuffer data) {
      __reset(position, data);
    }

    static boolean hasIdentifier(ByteBuffer data, String identifier) {
      return __has_identifier(data, identifier);
    }

    static Fields root(ByteBuffer data) {
      return new Fields(data.getInt(data.position()) + data.position(), data);
    }

    private int field(int number) {
      return __offset(4 + 2 * number);
    }

    boolean has(int number) {
      return field(number) != 0;
    }

    int integer(int number) {
      int offset = field(number);
      return offset == 0 ? 0 : bb.getInt(bb_pos + offset);
    }

    String text(int number) {
      int offset = field(number);
      return offset == 0 ? "" : __string(bb_pos + offset);
    }

    Fields table(int number) {
      int offset = field(number);
      checkArgument(offset != 0, "it holds no network parameters");
      return new Fields(__indirect(bb_pos + offset), bb);
    }

    List<Fields> tables(int number) {
      int offset = field(number);
      List<Fields> records = new ArrayList<>();
      for (int i = 0; offset != 0 && i < __vector_len(offset); i++) {
        records.add(new Fields(__indirect(__vector(offset) + 4 * i), bb));
      }
      return records;
    }

    ByteBuffer bytes(int number) {
      ByteBuffer bytes = __vector_as_bytebuffer(4 + 2 * number, 1);
      checkArgument(bytes != null, "a tensor without its data");
      return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int[] dims(int number) {
      int offset = field(number);
      int rank = offset == 0 ? 0 : __vector_len(offset);
      checkArgument(rank >= 0 && 8L * rank <= bb.limit(), "a tensor of %s dimensions", rank);
      int[] dims = new int[rank];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Math.toIntExact(bb.getLong(__vector(offset) + 8 * i));
      }
      return dims;
    }
  }
}
