package io.semimoe.cli;

import io.semimoe.cli.predict.PathPattern;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A pattern of files, which means the same in all commands.
 *
 * @param text the pattern as it was given
 * @param matcher what matches it as a whole
 */
record Glob(String text, PathMatcher matcher) implements PathMatcher {
  /**
   * Returns whether the path of a file matches, or that of the folder that it lies in, or an end of
   * one of them, which may be the name alone.
   */
  @Override
  public boolean matches(Path file) {
    Path folder = file.normalize().getParent();
    return matcher.matches(file) || matchesEnd(file.normalize()) || matchesEnd(folder);
  }

  private boolean matchesEnd(Path path) {
    return path != null
        && (matcher.matches(path)
            || IntStream.range(0, path.getNameCount())
                .anyMatch(from -> matcher.matches(path.subpath(from, path.getNameCount()))));
  }

  /** Reads what {@link PathPattern} takes, also as shells complete it: {@code ./folder/}. */
  static final class Converter implements ITypeConverter<Glob> {
    @Override
    public Glob convert(String text) {
      try {
        return new Glob(
            text, PathPattern.matcher(text.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "")));
      } catch (PatternSyntaxException e) {
        throw new TypeConversionException(
            "expected a pattern, found '" + text + "': " + e.getMessage());
      }
    }
  }
}
