package io.semimoe.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a constant by the name that help texts have for it: {@code overlay-jpeg}, in any case. */
final class NameConverter<E extends Enum<E>> implements ITypeConverter<E> {
  private final E[] constants;

  NameConverter(Class<E> type) {
    constants = type.getEnumConstants();
  }

  @Override
  public E convert(String text) {
    for (E constant : constants) {
      if (name(constant).equalsIgnoreCase(text)) {
        return constant;
      }
    }
    String names = Arrays.stream(constants).map(this::name).collect(Collectors.joining(", "));
    throw new TypeConversionException("expected one of " + names + ", found " + text);
  }

  private String name(E constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
