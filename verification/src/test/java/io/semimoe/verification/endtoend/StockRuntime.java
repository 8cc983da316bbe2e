package io.semimoe.verification.endtoend;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs exported models in the ONNX Runtime inside its official jar, which cannot train; as a
 * process of its own, since the suites have loaded the one that can.
 */
final class StockRuntime {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One run of a model.
   *
   * @param model model file
   * @param input file with the values of the input, float32, little-endian
   * @param shape shape of the input
   * @param output file that the values of the output are written to, likewise
   */
  record Job(String model, String input, List<Long> shape, String output) {}

  /**
   * What is printed about one run.
   *
   * @param trainingEnabled whether the runtime can train
   * @param shape shape of the output
   * @param metadata custom metadata of the model
   */
  record Result(boolean trainingEnabled, List<Long> shape, Map<String, String> metadata) {}

  private StockRuntime() {}

  /** Runs the jobs in the file {@code args[0]} and writes the results to {@code args[1]}. */
  public static void main(String[] args) throws IOException, OrtException {
    Job[] jobs = JSON.readValue(Path.of(args[0]).toFile(), Job[].class);
    Result[] results = new Result[jobs.length];
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    for (int i = 0; i < jobs.length; i++) {
      results[i] = run(environment, jobs[i]);
    }
    JSON.writeValue(Path.of(args[1]).toFile(), results);
  }

  /**
   * Runs jobs in a new process.
   *
   * @param folder where the files that go there and back are kept
   */
  static List<Result> run(Path folder, List<Job> jobs) throws IOException, InterruptedException {
    Path request = folder.resolve("jobs.json");
    Path reply = folder.resolve("results.json");
    JSON.writeValue(request.toFile(), jobs);
    ProgramRun child =
        ChildJvm.start(folder, List.of(), StockRuntime.class, request, reply).await();
    if (child.exitCode() != 0) {
      throw new IllegalStateException("the stock runtime failed: " + child.err());
    }
    return List.of(JSON.readValue(reply.toFile(), Result[].class));
  }

  static void writeFloats(Path file, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] readFloats(Path file) {
    try {
      FloatBuffer values =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] floats = new float[values.remaining()];
      values.get(floats);
      return floats;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result run(OrtEnvironment environment, Job job) throws OrtException {
    long[] shape = job.shape().stream().mapToLong(n -> n).toArray();
    FloatBuffer input = FloatBuffer.wrap(readFloats(Path.of(job.input())));
    try (OrtSession session = environment.createSession(job.model());
        OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      OnnxTensor output = (OnnxTensor) result.get("output").orElseThrow();
      float[] values = new float[Math.toIntExact(output.getInfo().getNumElements())];
      output.getFloatBuffer().get(values);
      writeFloats(Path.of(job.output()), values);
      List<Long> dims = Arrays.stream(output.getInfo().getShape()).boxed().toList();
      return new Result(
          environment.isTrainingEnabled(), dims, session.getMetadata().getCustomMetadata());
    }
  }
}
