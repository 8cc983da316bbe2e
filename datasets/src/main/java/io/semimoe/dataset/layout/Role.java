package io.semimoe.dataset.layout;

import java.util.Locale;
import java.util.Optional;

/** What an image of a data set is used for. */
public enum Role {
  /** Trains with its mask. */
  LABELLED("labelled"),
  /** Trains without a mask; a mask that may exist is not read. */
  UNLABELLED("unlabelled"),
  /** Chooses the checkpoint. */
  VALIDATION("validation"),
  /** Is only ever evaluated. */
  TEST("test");

  /** The role names of split files, for messages. */
  static final String NAMES = "labelled (or labeled), unlabelled (or unlabeled), validation, test";

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** Returns the role's name in lower case, as in split files. */
  public String text() {
    return text;
  }

  /** Returns whether images of this role need a mask: all but the unlabelled ones. */
  public boolean needsMask() {
    return this != UNLABELLED;
  }

  /** Returns the role of this name (British or American spelling, any case), if there is one. */
  public static Optional<Role> parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "labelled", "labeled" -> Optional.of(LABELLED);
      case "unlabelled", "unlabeled" -> Optional.of(UNLABELLED);
      case "validation" -> Optional.of(VALIDATION);
      case "test" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
