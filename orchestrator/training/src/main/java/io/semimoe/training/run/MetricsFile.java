package io.semimoe.training.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads and writes {@code metrics.jsonl}: one JSON object a line, for instance
 *
 * <pre>{"kind":"evaluation","epoch":5,"split":"validation","time":"…","values":{"dice":0.9}}</pre>
 *
 * <p>Numbers that JSON cannot write (NaN, infinities) are text.
 */
public final class MetricsFile {
  private MetricsFile() {}

  /**
   * Reads all records; none if there is no file. A last line that a crash cut short is left out.
   *
   * @throws DataException if the file cannot be read or another line is damaged
   */
  public static List<MetricsRecord> read(Path file) throws DataException {
    List<MetricsRecord> records = new ArrayList<>();
    if (!Files.exists(file)) {
      return records;
    }
    String text;
    try {
      text = Files.readString(file, UTF_8);
    } catch (CharacterCodingException e) {
      throw new DataException(
          file, "expected text in UTF-8, found other bytes; delete the lines that hold them", e);
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
    int number = 0;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number++;
      try {
        records.add(parse(Json.MAPPER.readTree(text.substring(start, end))));
      } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
        throw new DataException(
            file, "line " + number + " is damaged (" + reason(e) + "); delete that line", e);
      }
      start = end + 1;
    }
    return records;
  }

  private static String reason(Exception e) {
    if (e instanceof JsonProcessingException) {
      return "expected JSON, found something else";
    }
    return e instanceof DateTimeException ? "expected a time, found none" : e.getMessage();
  }

  /** Returns the line of a record, with its newline. */
  static String line(MetricsRecord metrics) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("kind", metrics.kind().name().toLowerCase(Locale.ROOT));
    json.put("epoch", metrics.epoch() + 1);
    if (metrics.kind() == MetricsRecord.Kind.EVALUATION) {
      json.put("split", metrics.split());
    }
    json.put("time", metrics.time().toString());
    ObjectNode values = json.putObject("values");
    metrics.values().forEach((name, value) -> put(values, name, value));
    try {
      return Json.MAPPER.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  private static void put(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.put(name, Double.toString(value));
    }
  }

  private static MetricsRecord parse(JsonNode json) {
    MetricsRecord.Kind kind = kind(Json.member(json, "kind").asText());
    Map<String, Double> values = new LinkedHashMap<>();
    Json.member(json, "values")
        .properties()
        .forEach(value -> values.put(value.getKey(), Json.number(value.getValue())));
    return new MetricsRecord(
        kind,
        Json.member(json, "epoch").intValue() - 1,
        kind == MetricsRecord.Kind.EVALUATION ? Json.member(json, "split").asText() : "",
        Instant.parse(Json.member(json, "time").asText()),
        values);
  }

  private static MetricsRecord.Kind kind(String text) {
    for (MetricsRecord.Kind kind : MetricsRecord.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("expected the kind epoch or evaluation, found " + text);
  }
}
