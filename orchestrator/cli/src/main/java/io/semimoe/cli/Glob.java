package io.semimoe.cli;

import java.nio.file.FileSystems;
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
   * Returns whether the path of a file matches, or an end of it, which may be the name alone, or
   * the name of the folder that it lies in.
   */
  @Override
  public boolean matches(Path file) {
    Path path = file.normalize();
    return matcher.matches(file)
        || matcher.matches(path)
        || IntStream.range(0, path.getNameCount())
            .anyMatch(from -> matcher.matches(path.subpath(from, path.getNameCount())))
        || matchesFolder(path.getParent());
  }

  private boolean matchesFolder(Path parent) {
    return parent != null && parent.getFileName() != null && matcher.matches(parent.getFileName());
  }

  /** Reads what {@link java.nio.file.FileSystem#getPathMatcher} takes as {@code glob}. */
  static final class Converter implements ITypeConverter<Glob> {
    @Override
    public Glob convert(String text) {
      try {
        return new Glob(text, FileSystems.getDefault().getPathMatcher("glob:" + text));
      } catch (PatternSyntaxException e) {
        throw new TypeConversionException(
            "expected a pattern, found '" + text + "': " + e.getMessage());
      }
    }
  }
}
