package io.semimoe.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON reader and writer of this package. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /**
   * Returns a member of an object.
   *
   * @throws IllegalArgumentException if it has no such member
   */
  static JsonNode member(JsonNode object, String name) {
    JsonNode found = object.get(name);
    if (found == null) {
      throw new IllegalArgumentException("expected a member '" + name + "'");
    }
    return found;
  }

  /**
   * Returns a number, also one of those that JSON has no digits for and that come as text.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number, found " + value, e);
    }
  }
}
