package io.semimoe.dataset.layout;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the names that someone may have meant. */
final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  /** Returns a text such as {@code 'a', 'b', 'c'} with the names nearest to {@code wanted}. */
  static String of(String wanted, Collection<String> names) {
    if (names.isEmpty()) {
      return "none, the folder holds no images";
    }
    String lower = wanted.toLowerCase(Locale.ROOT);
    record Ranked(String name, int distance) {}
    List<Ranked> ranked =
        names.stream()
            .map(name -> new Ranked(name, editDistance(lower, name.toLowerCase(Locale.ROOT))))
            .sorted(Comparator.comparingInt(Ranked::distance).thenComparing(Ranked::name))
            .limit(SHOWN)
            .toList();
    return ranked.stream().map(r -> "'" + r.name() + "'").collect(Collectors.joining(", "));
  }

  /** Levenshtein's distance: insertions, deletions and replacements, each 1. */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
