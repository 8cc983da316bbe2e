package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads split files: {@code name,role} lines under that header, with or without quotes. */
final class SplitCsv {
  private static final String HEADER = "name,role";
  private static final int MOST_SHOWN = 100;

  /** One line of the file: its number from 1, the image's name, its role. */
  record Entry(int line, String name, Role role) {}

  private SplitCsv() {}

  /**
   * Returns the entries of {@code file} in its order.
   *
   * @throws DataException if the file cannot be read or a line is not understood; the message names
   *     all such lines
   */
  static List<Entry> read(Path file) throws DataException {
    List<String> lines = lines(file);
    if (lines.isEmpty() || !header(lines.get(0)).equalsIgnoreCase(HEADER)) {
      throw new DataException(
          file,
          "line 1: expected the header '"
              + HEADER
              + "', found "
              + (lines.isEmpty() ? "an empty file" : shown(lines.get(0))));
    }
    Problems problems = new Problems();
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> lineOf = new HashMap<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        parse(file, i + 1, lines.get(i), lineOf, problems).ifPresent(entries::add);
      }
    }
    problems.throwIfAny();
    return entries;
  }

  private static Optional<Entry> parse(
      Path file, int number, String line, Map<String, Integer> lineOf, Problems problems) {
    int comma = line.lastIndexOf(',');
    String name = comma < 0 ? "" : ImageFolder.composed(unquoted(line.substring(0, comma)));
    if (name.isEmpty()) {
      problems.add(at(file, number) + "expected 'name,role', found " + shown(line));
      return Optional.empty();
    }
    String roleName = unquoted(line.substring(comma + 1));
    Optional<Role> role = Role.parse(roleName);
    if (role.isEmpty()) {
      problems.add(
          at(file, number) + "unknown role: expected " + Role.NAMES + "; found " + shown(roleName));
      return Optional.empty();
    }
    Integer earlier = lineOf.putIfAbsent(name, number);
    if (earlier != null) {
      problems.add(at(file, number) + duplicate(name, earlier));
      return Optional.empty();
    }
    return Optional.of(new Entry(number, name, role.get()));
  }

  /** Returns a text in quotes, of a long one its beginning: a file of another kind is one line. */
  private static String shown(String text) {
    return "'" + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text) + "'";
  }

  /** Returns the message about an image that another line has named before. */
  static String duplicate(String name, int earlierLine) {
    return "duplicate name: '%s' stands in line %d already; give each image one role"
        .formatted(name, earlierLine);
  }

  /** Returns the beginning of a message about one line. */
  static String at(Path file, int line) {
    return file + ": line " + line + ": ";
  }

  private static String header(String line) {
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    return text.replace(" ", "").replace("\"", "").strip();
  }

  /** Returns a field without spaces around it and the quotes that some programs write. */
  private static String unquoted(String field) {
    String text = field.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
  }

  private static List<String> lines(Path file) throws DataException {
    try {
      return TextFile.read(file).lines().toList();
    } catch (NoSuchFileException e) {
      throw new DataException(
          file,
          "split file not found: expected a CSV file with the header '"
              + HEADER
              + "'; correct the path, or draw the labelled images by count and seed",
          e);
    } catch (CharacterCodingException e) {
      throw new DataException(
          file, "split file: expected UTF-8 text, found other bytes; save it as UTF-8", e);
    } catch (IOException e) {
      throw new DataException(file, "the split file cannot be read: " + FileFailure.reason(e), e);
    }
  }
}
