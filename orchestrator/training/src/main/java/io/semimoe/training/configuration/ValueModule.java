package io.semimoe.training.configuration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How enums ({@code test-optimistic}) and paths (plain text, absolute) look in a configuration. */
final class ValueModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  ValueModule() {
    super("semi-moe-values");
    addSerializer(Path.class, new ToStringSerializer(Path.class));
    addDeserializer(Path.class, new PathDeserializer());
    addSerializer(new EnumNameSerializer());
    setDeserializerModifier(new EnumModifier());
  }

  static String nameOf(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(JsonParser parser) throws IOException {
    return parser.currentToken().isScalarValue() ? parser.getValueAsString("") : "a list";
  }

  private static final class EnumNameSerializer extends ToStringSerializerBase {
    private static final long serialVersionUID = 1L;

    EnumNameSerializer() {
      super(Enum.class);
    }

    @Override
    public String valueToString(Object value) {
      return nameOf((Enum<?>) value);
    }
  }

  private static final class EnumModifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      return new EnumNameDeserializer(type);
    }
  }

  private static final class EnumNameDeserializer extends StdScalarDeserializer<Enum<?>> {
    private static final long serialVersionUID = 1L;

    EnumNameDeserializer(JavaType type) {
      super(type);
    }

    @Override
    public Enum<?> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = text(parser);
      Enum<?>[] constants = (Enum<?>[]) handledType().getEnumConstants();
      for (Enum<?> constant : constants) {
        if (nameOf(constant).equals(text)) {
          return constant;
        }
      }
      String names =
          Arrays.stream(constants).map(ValueModule::nameOf).collect(Collectors.joining(", "));
      return context.reportInputMismatch(this, "expected one of %s, found %s", names, text);
    }
  }

  private static final class PathDeserializer extends StdScalarDeserializer<Path> {
    private static final long serialVersionUID = 1L;

    PathDeserializer() {
      super(Path.class);
    }

    @Override
    public Path deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.currentToken().isScalarValue()) {
        return context.reportInputMismatch(this, "expected a path, found %s", text(parser));
      }
      String text = text(parser);
      try {
        return Path.of(text).toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        return context.reportInputMismatch(this, "expected a path, found %s", text);
      }
    }
  }
}
