package io.semimoe.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;

/** The form of a {@link Provenance} in its file: the program's name and the record's components. */
final class ProvenanceJson {
  private static final String PROGRAM = "semi-moe";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(new ToStringSerializer(Instant.class))
                  .addDeserializer(
                      Instant.class, new StdDelegatingDeserializer<Instant>(new TimeOfText())))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ProvenanceJson() {}

  static String write(Provenance provenance) {
    ObjectNode json = MAPPER.createObjectNode().put("program", PROGRAM);
    json.setAll(MAPPER.<ObjectNode>valueToTree(provenance));
    return json.toPrettyString() + "\n";
  }

  /**
   * Reads what {@link #write} gives; older files have no {@code images}.
   *
   * @throws IllegalArgumentException if it is of another program
   * @throws JsonProcessingException if it is damaged
   */
  static Provenance read(JsonNode json) throws JsonProcessingException {
    String program = Json.member(json, "program").asText();
    if (!program.equals(PROGRAM)) {
      throw new IllegalArgumentException(
          "expected program '" + PROGRAM + "', found '" + program + "'");
    }
    ObjectNode parts = json.deepCopy();
    parts.putIfAbsent("images", parts.objectNode());
    return MAPPER.treeToValue(parts, Provenance.class);
  }

  private static final class TimeOfText extends StdConverter<String, Instant> {
    @Override
    public Instant convert(String text) {
      return Instant.parse(text);
    }
  }
}
