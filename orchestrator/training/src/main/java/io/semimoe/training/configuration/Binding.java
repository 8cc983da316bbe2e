package io.semimoe.training.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Turns layers of settings into a configuration. */
final class Binding {
  private Binding() {}

  /**
   * Merges the layers, the first of which has every key, and binds the result.
   *
   * @throws ConfigurationException if a key or value is not allowed; the message names the layer
   *     that the value came from
   */
  static TrainingConfiguration bind(List<Layer> layers) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    merged.setAll(layers.get(0).tree().deepCopy());
    layers.subList(1, layers.size()).forEach(layer -> layer.mergeInto(merged));
    try {
      return Yaml.MAPPER.treeToValue(merged, TrainingConfiguration.class);
    } catch (JsonMappingException e) {
      throw explain(e, merged, layers);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException("configuration: " + e.getOriginalMessage(), e);
    }
  }

  private static ConfigurationException explain(
      JsonMappingException e, JsonNode merged, List<Layer> layers) {
    String path =
        e.getPath().stream()
            .filter(reference -> reference.getFieldName() != null)
            .map(JsonMappingException.Reference::getFieldName)
            .collect(Collectors.joining("."));
    String key = path;
    String message = path + ": " + reason(e, merged);
    if (e.getCause() instanceof ConfigurationException own) {
      String text = own.getMessage();
      String field = text.substring(0, Math.max(0, text.indexOf(':')));
      boolean isField = path.equals(field) || path.endsWith("." + field);
      message = path.isEmpty() || isField ? prefix(path, field) + text : path + "." + text;
      key = path.isEmpty() ? field : isField ? path : path + "." + field;
    }
    return new ConfigurationException(originOf(key, layers) + ": " + message, e);
  }

  /** Tells what kind of value was expected; all else is told by whoever refused the value. */
  private static String reason(JsonMappingException e, JsonNode merged) {
    Class<?> type =
        e instanceof MismatchedInputException mismatch
            ? mismatch.getTargetType()
            : e.getCause() instanceof InputCoercionException coercion
                ? coercion.getTargetType()
                : null;
    return expected(type)
        .map(kind -> "expected " + kind + ", found " + found(e, merged))
        .orElseGet(e::getOriginalMessage);
  }

  private static Optional<String> expected(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return Optional.of("a whole number of at most " + Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return Optional.of("a whole number");
    }
    if (type == double.class || type == Double.class || type == OptionalDouble.class) {
      return Optional.of("a number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of("true or false");
    }
    if (type == String.class) {
      return Optional.of("a text");
    }
    if (type == Device.class) {
      return Optional.of(Device.FORMS);
    }
    return type != null && Collection.class.isAssignableFrom(type)
        ? Optional.of("a list of numbers, as in [0.5, 0.7]")
        : Optional.empty();
  }

  /** Returns the value that the path of an exception leads to. */
  private static String found(JsonMappingException e, JsonNode merged) {
    JsonNode node = merged;
    for (JsonMappingException.Reference step : e.getPath()) {
      node =
          step.getFieldName() == null ? node.get(step.getIndex()) : node.get(step.getFieldName());
    }
    return node.isNull() ? "nothing" : node.isValueNode() ? node.asText() : node.toString();
  }

  /** Returns what stands before the last name of a path that ends with {@code field}. */
  private static String prefix(String path, String field) {
    return path.isEmpty() ? "" : path.substring(0, path.length() - field.length());
  }

  /**
   * Returns the last layer after the defaults that says something about the key; where only the
   * defaults do, the last one that says something about its section.
   */
  private static String originOf(String key, List<Layer> layers) {
    for (String part = key; !part.isEmpty(); part = section(part)) {
      for (int i = layers.size() - 1; i > 0; i--) {
        if (layers.get(i).mentions(part)) {
          return layers.get(i).origin();
        }
      }
    }
    return layers.get(0).origin();
  }

  private static String section(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }
}
