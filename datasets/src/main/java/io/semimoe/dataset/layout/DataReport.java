package io.semimoe.dataset.layout;

import com.google.common.collect.ImmutableList;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.image.ImageSize;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the check of a data set found.
 *
 * @param roles one summary a role, in the order of {@link Role}
 * @param warnings what may be a mistake, but does not hinder training; what is about a file names
 *     it
 * @param errors what makes the data unusable; each names its file
 */
public record DataReport(List<RoleSummary> roles, List<String> warnings, List<String> errors) {
  /**
   * The images of one role.
   *
   * @param role the role
   * @param images how many there are
   * @param smallest the size with the fewest pixels, if any image could be read
   * @param largest the size with the most pixels, likewise
   * @param foregroundShare the share of gland pixels among all pixels of the masks, in [0, 1];
   *     empty without masks
   * @param fewestObjects the smallest number of objects in one mask; empty without masks
   * @param mostObjects the largest one, likewise
   */
  public record RoleSummary(
      Role role,
      int images,
      Optional<ImageSize> smallest,
      Optional<ImageSize> largest,
      OptionalDouble foregroundShare,
      OptionalInt fewestObjects,
      OptionalInt mostObjects) {

    /** Returns the summary as one line, for people. */
    public String toText() {
      StringBuilder text = new StringBuilder();
      text.append(String.format(Locale.ROOT, "%-11s %4d images", role.text(), images));
      if (smallest.isPresent() && largest.isPresent()) {
        text.append(", ").append(range(smallest.get(), largest.get())).append(" pixels");
      }
      if (foregroundShare.isPresent()) {
        double percent = 100 * foregroundShare.getAsDouble();
        text.append(String.format(Locale.ROOT, ", %.1f %% gland pixels", percent));
      }
      if (fewestObjects.isPresent() && mostObjects.isPresent()) {
        text.append(", objects in a mask: ")
            .append(range(fewestObjects.getAsInt(), mostObjects.getAsInt()));
      }
      return text.toString();
    }

    private static String range(Object from, Object to) {
      return from.equals(to) ? from.toString() : from + " to " + to;
    }
  }

  /** Copies the lists. */
  public DataReport {
    roles = ImmutableList.copyOf(roles);
    warnings = ImmutableList.copyOf(warnings);
    errors = ImmutableList.copyOf(errors);
  }

  /** Returns the report with further warnings after its own. */
  public DataReport withWarnings(List<String> further) {
    List<String> all = ImmutableList.<String>builder().addAll(warnings).addAll(further).build();
    return new DataReport(roles, all, errors);
  }

  /** Returns whether the data can be used: there are no errors. */
  public boolean isUsable() {
    return errors.isEmpty();
  }

  /**
   * Throws if there are errors, with all of them (the first 20 of many) in the message.
   *
   * @throws DataException if the data cannot be used
   */
  public void requireUsable() throws DataException {
    if (!isUsable()) {
      throw new DataException(Problems.join(errors));
    }
  }

  /** Returns the report as text of several lines, for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    roles.forEach(role -> text.append(role.toText()).append('\n'));
    warnings.forEach(warning -> text.append("warning: ").append(warning).append('\n'));
    errors.forEach(error -> text.append("error: ").append(error).append('\n'));
    return text.toString();
  }
}
