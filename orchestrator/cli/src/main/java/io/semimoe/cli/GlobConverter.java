package io.semimoe.cli;

import io.semimoe.cli.images.Glob;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a pattern of files. */
final class GlobConverter implements ITypeConverter<Glob> {
  @Override
  public Glob convert(String text) {
    try {
      return Glob.of(text);
    } catch (PatternSyntaxException e) {
      throw new TypeConversionException(
          "expected a pattern, found '" + text + "': " + e.getMessage());
    }
  }
}
