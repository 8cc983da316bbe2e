package io.semimoe.training.export;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who made a model and on what terms others may use it; neither can be known from a run.
 *
 * @param authors names of people or institutions; may be empty
 * @param license identifier in the list of SPDX, such as {@code CC-BY-NC-4.0}
 */
public record Credits(List<String> authors, Optional<String> license) {
  /** Nothing is said. */
  public static final Credits NONE = new Credits(List.of(), Optional.empty());

  private static final Pattern LICENSE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*");

  /**
   * Checks the texts and copies the list. Whether SPDX lists the license is not checked.
   *
   * @throws IllegalArgumentException if a name is blank or has a slash, which the bioimage.io
   *     format forbids, or the license has other characters than identifiers of SPDX have
   */
  public Credits {
    authors = List.copyOf(authors);
    for (String author : authors) {
      if (author.isBlank() || author.contains("/") || author.contains("\\")) {
        throw new IllegalArgumentException(
            "author: expected a name without slashes, found '" + author + "'");
      }
    }
    license.ifPresent(
        id -> {
          if (!LICENSE.matcher(id).matches()) {
            throw new IllegalArgumentException(
                "license: expected an identifier of SPDX such as CC-BY-NC-4.0, found '" + id + "'");
          }
        });
  }
}
