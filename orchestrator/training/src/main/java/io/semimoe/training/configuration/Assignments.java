package io.semimoe.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads {@code key.path=value} texts. */
final class Assignments {
  private Assignments() {}

  /**
   * Returns a layer with one value.
   *
   * @throws ConfigurationException if the text has no {@code =}, an empty part in its key, or a
   *     value that is no YAML
   */
  static Layer layer(String assignment) {
    String origin = "--set " + assignment;
    int equals = assignment.indexOf('=');
    String key = equals < 0 ? "" : assignment.substring(0, equals).trim();
    if (key.isEmpty() || key.startsWith(".") || key.endsWith(".") || key.contains("..")) {
      throw new ConfigurationException(
          origin + ": expected key.path=value, for instance epochs=20 or network.width=32");
    }
    JsonNode value = Yaml.parse(assignment.substring(equals + 1).trim(), origin);
    String[] names = key.split("\\.", -1);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ObjectNode section = tree;
    for (int i = 0; i < names.length - 1; i++) {
      section = section.putObject(names[i]);
    }
    section.set(names[names.length - 1], value);
    return new Layer(origin, tree);
  }
}
