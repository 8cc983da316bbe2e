package io.semimoe.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One source of settings.
 *
 * @param origin what to call it in a message
 * @param tree its keys and values
 */
record Layer(String origin, ObjectNode tree) {

  /**
   * Overwrites values of {@code target}.
   *
   * @throws ConfigurationException if this layer has a key that {@code target} does not have
   */
  void mergeInto(ObjectNode target) {
    merge(target, tree, "");
  }

  /** Returns whether this layer says something about the dotted key. */
  boolean mentions(String key) {
    JsonNode node = tree;
    for (String part : key.split("\\.", -1)) {
      node = node.get(part);
      if (node == null) {
        return false;
      }
    }
    return true;
  }

  private void merge(ObjectNode target, ObjectNode overlay, String prefix) {
    for (Map.Entry<String, JsonNode> entry : overlay.properties()) {
      String name = entry.getKey();
      String key = prefix + name;
      JsonNode old = target.get(name);
      JsonNode value = entry.getValue();
      if (old == null) {
        throw new ConfigurationException(unknown(key, target));
      }
      if (old instanceof ObjectNode section) {
        if (!(value instanceof ObjectNode sectionOverlay)) {
          throw new ConfigurationException(
              "%s: %s: expected a section with keys of %s, found %s"
                  .formatted(origin, key, names(section), value.isNull() ? "nothing" : value));
        }
        merge(section, sectionOverlay, key + ".");
      } else if (value.isObject()) {
        throw new ConfigurationException(
            "%s: %s: expected a value, found a section with keys %s"
                .formatted(origin, key, names((ObjectNode) value)));
      } else {
        target.set(name, value);
      }
    }
  }

  private String unknown(String key, ObjectNode target) {
    return "%s: unknown key %s; allowed here: %s".formatted(origin, key, names(target));
  }

  private static String names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return String.join(", ", names);
  }
}
