package io.semimoe.training.configuration;

import java.util.Optional;

/**
 * Choices among the folders of the paper's layout.
 *
 * @param labelledFolder name of the {@code train_sup_N} folder, where there are several
 * @param unlabelledFolder name of the {@code train_unsup_M} folder, where there are several
 * @param val what the folder {@code val} is used for
 */
public record PaperFolderSettings(
    Optional<String> labelledFolder, Optional<String> unlabelledFolder, Val val) {

  /** Uses of the folder {@code val}. */
  public enum Val {
    /** It chooses the checkpoint. */
    VALIDATION,
    /** It holds the official test images, so that no checkpoint may be chosen on it. */
    TEST
  }

  /**
   * Checks that the use is given.
   *
   * @throws ConfigurationException if it is missing
   */
  public PaperFolderSettings {
    Checks.present("val", val);
  }
}
