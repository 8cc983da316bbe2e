package io.semimoe.verification;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What ONNX Runtime noted of the runs of a training session's models: an event for every node of
 * every run.
 */
public final class RuntimeProfile {
  private final List<JsonNode> nodes = new ArrayList<>();

  /**
   * Reads what a closed session left in a folder.
   *
   * <p>The runtime names the files after the second in which it opened a model. Models that were
   * opened in the same second share one, whose first lines the next model overwrites; what is no
   * event any more, of the first runs, is left out.
   */
  public RuntimeProfile(Path folder) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          try {
            JsonNode event = mapper.readTree(line.replaceFirst(",$", ""));
            if (event.path("name").asText().endsWith("_kernel_time")) {
              nodes.add(event);
            }
          } catch (JsonProcessingException e) {
            // A bracket, or cut by the next model.
          }
        }
      }
    }
  }

  /** Returns the events of all runs. */
  public List<JsonNode> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * Returns the events of the last iterations.
   *
   * @param warmUp iterations before them
   * @param iterations how many: each runs the training model twice and the optimizer's once
   */
  public List<JsonNode> nodes(int warmUp, int iterations) {
    List<JsonNode> last = new ArrayList<>();
    nodes.stream()
        .collect(groupingBy(event -> event.path("name").asText() + operator(event)))
        .values()
        .forEach(
            events -> {
              int passes = events.size() > warmUp + iterations ? 2 : 1;
              events.stream()
                  .sorted(Comparator.comparingLong(event -> event.path("ts").asLong()))
                  .skip(Math.max(0, events.size() - passes * iterations))
                  .forEach(last::add);
            });
    return last;
  }

  /** Returns the operator of a node's event. */
  public static String operator(JsonNode event) {
    return event.path("args").path("op_name").asText();
  }

  /** Returns the shapes of a node's inputs, of those that are there. */
  public static List<long[]> inputShapes(JsonNode event) {
    return shapes(event, "input_type_shape");
  }

  /** Returns the shapes of a node's outputs, of those that were asked for. */
  public static List<long[]> outputShapes(JsonNode event) {
    return shapes(event, "output_type_shape");
  }

  private static List<long[]> shapes(JsonNode event, String key) {
    List<long[]> shapes = new ArrayList<>();
    for (JsonNode typeAndShape : event.path("args").path(key)) {
      JsonNode dimensions = typeAndShape.elements().next();
      long[] shape = new long[dimensions.size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = dimensions.get(i).asLong();
      }
      shapes.add(shape);
    }
    return shapes;
  }

  /** Returns what ran the node: the name of an execution provider. */
  public static String provider(JsonNode event) {
    return event.path("args").path("provider").asText();
  }
}
