package io.semimoe.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form of a {@link Provenance} in its file. */
final class ProvenanceJson {
  private static final String PROGRAM = "semi-moe";

  private ProvenanceJson() {}

  static String write(Provenance provenance) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("program", PROGRAM);
    json.put("version", provenance.version());
    json.put("java", provenance.java());
    json.put("operatingSystem", provenance.operatingSystem());
    json.put("processors", provenance.processors());
    json.put("onnxRuntime", provenance.onnxRuntime());
    ArrayNode providers = json.putArray("providers");
    provenance.providers().forEach(providers::add);
    json.put("configurationSha256", provenance.configurationSha256());
    json.put("dataSha256", provenance.dataSha256());
    ObjectNode images = json.putObject("images");
    provenance.images().forEach(images::put);
    provenance
        .initialCheckpointSha256()
        .ifPresent(hash -> json.put("initialCheckpointSha256", hash));
    ObjectNode seeds = json.putObject("seeds");
    provenance.seeds().forEach(seeds::put);
    ArrayNode sessions = json.putArray("sessions");
    for (Provenance.Session session : provenance.sessions()) {
      ObjectNode one = sessions.addObject();
      one.put("started", session.started().toString());
      session.ended().ifPresent(ended -> one.put("ended", ended.toString()));
    }
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /** Throws IllegalArgumentException if this is not what {@link #write} gives. */
  static Provenance read(JsonNode json) {
    String program = Json.member(json, "program").asText();
    if (!program.equals(PROGRAM)) {
      throw new IllegalArgumentException(
          "expected program '" + PROGRAM + "', found '" + program + "'");
    }
    List<String> providers = new ArrayList<>();
    Json.member(json, "providers").forEach(provider -> providers.add(provider.asText()));
    Map<String, Integer> images = new LinkedHashMap<>();
    json.path("images")
        .properties()
        .forEach(role -> images.put(role.getKey(), role.getValue().intValue()));
    Map<String, Long> seeds = new LinkedHashMap<>();
    Json.member(json, "seeds")
        .properties()
        .forEach(seed -> seeds.put(seed.getKey(), seed.getValue().longValue()));
    List<Provenance.Session> sessions = new ArrayList<>();
    Json.member(json, "sessions").forEach(session -> sessions.add(session(session)));
    if (sessions.isEmpty()) {
      throw new IllegalArgumentException("expected at least one session");
    }
    return new Provenance(
        Json.member(json, "version").asText(),
        Json.member(json, "java").asText(),
        Json.member(json, "operatingSystem").asText(),
        Json.member(json, "processors").asInt(),
        Json.member(json, "onnxRuntime").asText(),
        providers,
        Json.member(json, "configurationSha256").asText(),
        Json.member(json, "dataSha256").asText(),
        images,
        Optional.ofNullable(json.get("initialCheckpointSha256")).map(JsonNode::asText),
        seeds,
        sessions);
  }

  private static Provenance.Session session(JsonNode json) {
    try {
      return new Provenance.Session(
          Instant.parse(Json.member(json, "started").asText()),
          Optional.ofNullable(json.get("ended")).map(ended -> Instant.parse(ended.asText())));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time: " + e.getMessage(), e);
    }
  }
}
