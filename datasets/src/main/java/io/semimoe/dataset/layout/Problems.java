package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a data set, so that one message can tell it all. Not thread-safe. */
public final class Problems {
  private static final int SHOWN = 20;

  private final List<String> messages = new ArrayList<>();

  /** Adds a message, which names the file. */
  public void add(String message) {
    messages.add(message);
  }

  /**
   * Throws one exception with all messages, if there are any.
   *
   * @throws DataException if there are any; of many, the first are named and the others counted
   */
  public void throwIfAny() throws DataException {
    if (!messages.isEmpty()) {
      throw new DataException(join(messages));
    }
  }

  /** Returns the messages as one text, a line each, long lists cut short. */
  static String join(List<String> messages) {
    if (messages.size() <= SHOWN) {
      return String.join("\n", messages);
    }
    return String.join("\n", messages.subList(0, SHOWN))
        + "\n... and "
        + (messages.size() - SHOWN)
        + " more of this kind";
  }
}
