package io.semimoe.cli;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the user called this program, for commands that are printed to be copied. */
final class Launcher {
  /** What the script that starts Java was called as. */
  private static final String PROPERTY = "semimoe.command";

  private static final boolean WINDOWS = File.separatorChar == '\\';

  private Launcher() {}

  /** Returns a command of this program as the shell takes it. */
  static String command(Object... arguments) {
    return Stream.concat(
            Stream.of(System.getProperty(PROPERTY, "semi-moe")),
            List.of(arguments).stream().map(Object::toString))
        .map(Launcher::quoted)
        .collect(Collectors.joining(" "));
  }

  /** Puts quotes around a word where the shell would take it for something else. */
  private static String quoted(String word) {
    if (word.matches(WINDOWS ? "[\\w.:\\\\/-]+" : "[\\w.:/@+=,-]+")) {
      return word;
    }
    return WINDOWS ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
  }
}
