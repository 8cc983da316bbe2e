package io.semimoe.verification.endtoend;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * Runs exported models in the module {@code dnn} of OpenCV; as a process of its own, so that its
 * libraries and threads stay out of the other suites.
 */
final class OpenCv {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OpenCv() {}

  /** Runs the jobs in the file {@code args[0]} and writes the output shapes to {@code args[1]}. */
  public static void main(String[] args) throws IOException {
    StockRuntime.Job[] jobs = JSON.readValue(Path.of(args[0]).toFile(), StockRuntime.Job[].class);
    List<List<Long>> shapes = new ArrayList<>();
    for (StockRuntime.Job job : jobs) {
      shapes.add(run(job));
    }
    JSON.writeValue(Path.of(args[1]).toFile(), shapes);
  }

  /**
   * Runs jobs in a new process.
   *
   * @param folder where the files that go there and back are kept
   * @return the shape of each output
   */
  static List<List<Long>> run(Path folder, List<StockRuntime.Job> jobs)
      throws IOException, InterruptedException {
    Path request = folder.resolve("opencv-jobs.json");
    Path reply = folder.resolve("opencv-shapes.json");
    JSON.writeValue(request.toFile(), jobs);
    // Its libraries are unpacked there, 120 MB; by default it would be the user's home.
    Path natives = Path.of(System.getProperty("semimoe.natives.dir", folder.toString()), "opencv");
    List<String> options = List.of("-Dorg.bytedeco.javacpp.cachedir=" + natives);
    ProgramRun child = ChildJvm.start(folder, options, OpenCv.class, request, reply).await();
    if (child.exitCode() != 0) {
      throw new IllegalStateException("OpenCV failed: " + child.err());
    }
    return JSON.readValue(reply.toFile(), new TypeReference<>() {});
  }

  private static List<Long> run(StockRuntime.Job job) {
    int[] shape = job.shape().stream().mapToInt(Math::toIntExact).toArray();
    try (Net net = opencv_dnn.readNetFromONNX(job.model());
        FloatPointer pixels = new FloatPointer(StockRuntime.readFloats(Path.of(job.input())));
        Mat input = new Mat(shape, CV_32F, pixels)) {
      net.setInput(input);
      try (Mat output = net.forward();
          FloatPointer data = new FloatPointer(output.data())) {
        float[] values = new float[Math.toIntExact(output.total())];
        data.get(values);
        StockRuntime.writeFloats(Path.of(job.output()), values);
        return IntStream.range(0, output.dims()).mapToObj(i -> (long) output.size(i)).toList();
      }
    }
  }
}
