package io.semimoe.dataset.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Hears of damage that a decoder only warns of: the JPEG decoder fills the rest of a file that was
 * cut off with gray and goes on.
 */
final class DamageListener implements IIOReadWarningListener {
  private static final String[] SIGNS = {
    "premature", "corrupt", "truncat", "eof", "unexpected end"
  };

  private String message;

  /** The first warning of damage, or null where there was none. */
  String message() {
    return message;
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    for (String sign : SIGNS) {
      if (message == null && text.contains(sign)) {
        message = warning;
      }
    }
  }
}
