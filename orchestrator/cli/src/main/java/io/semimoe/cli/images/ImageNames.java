package io.semimoe.cli.images;

import io.semimoe.dataset.DataException;
import java.io.File;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the files that are written of images are named after. */
final class ImageNames {
  private ImageNames() {}

  /**
   * Names each image after its file, without extension. Where two files have the same name, all
   * images are named after their paths below the folder that they have in common, such as {@code
   * patient-1/slide}. Names count as the same that are one to some file systems: they differ in
   * upper and lower case only, or in how they write an accent.
   *
   * @param images different files
   * @return the images by name, sorted
   * @throws DataException if two images differ in their extensions or in that only
   */
  static Map<String, Path> of(Collection<Path> images) throws DataException {
    boolean plain =
        images.stream()
                .map(image -> folded(withoutExtension(image.getFileName())))
                .distinct()
                .count()
            == images.size();
    Path folder = plain ? null : commonFolder(images);
    Map<String, Path> names = new TreeMap<>();
    Map<String, Path> taken = new HashMap<>();
    for (Path image : images) {
      Path named = folder == null ? image.getFileName() : folder.relativize(normal(image));
      String name = withoutExtension(named);
      Path earlier = taken.putIfAbsent(folded(name), image);
      if (earlier != null) {
        throw new DataException(
            image,
            "expected a name of its own, found "
                + earlier
                + ", which would write the same files, at least where upper and lower case are one;"
                + " write them into two folders");
      }
      names.put(name, image);
    }
    return names;
  }

  /** What is the same for names that are one to some file systems. */
  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** Returns null if there is none, as on two drives. */
  private static Path commonFolder(Collection<Path> images) {
    Path common = normal(images.iterator().next()).getParent();
    for (Path image : images) {
      while (common != null && !normal(image).startsWith(common)) {
        common = common.getParent();
      }
    }
    return common;
  }

  private static Path normal(Path image) {
    return image.toAbsolutePath().normalize();
  }

  private static String withoutExtension(Path file) {
    String text = file.toString().replace(File.separatorChar, '/');
    return text.substring(0, text.lastIndexOf('.'));
  }
}
