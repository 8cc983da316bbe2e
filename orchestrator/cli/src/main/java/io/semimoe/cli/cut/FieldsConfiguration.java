package io.semimoe.cli.cut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.field.FieldCut;
import io.semimoe.dataset.field.FieldCut.CutImage;
import io.semimoe.dataset.field.FieldSettings;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.layout.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a training's configuration that says where its fields are. */
public final class FieldsConfiguration {
  /** Name of the file. */
  public static final String FILE = "data.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private FieldsConfiguration() {}

  /**
   * Writes the file, which names the folders of the fields by their absolute paths.
   *
   * @param folder where to write it
   * @param place where the folder will be
   * @param images what was cut
   * @throws DataException if it cannot be written
   */
  public static void write(Path folder, Path place, List<CutImage> images, FieldSettings settings)
      throws DataException {
    Path file = folder.resolve(FILE);
    try {
      Files.writeString(file, text(place.toAbsolutePath().normalize(), images, settings));
    } catch (IOException e) {
      throw FileFailure.unwritable(file, e);
    }
  }

  private static String text(Path folder, List<CutImage> images, FieldSettings settings) {
    Map<String, Object> folders = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      Path fields = folder.resolve(role.text());
      if (images.stream()
          .flatMap(image -> image.fields().stream())
          .anyMatch(field -> field.role() == role)) {
        folders.put(role.text() + "Images", fields.resolve(FieldCut.IMAGES).toString());
        if (role.needsMask()) {
          folders.put(role.text() + "Masks", fields.resolve(FieldCut.MASKS).toString());
        }
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("layout", "folders");
    data.put("folders", folders);
    data.put("normalization", Map.of("kind", "measured"));
    Map<String, Object> all = new LinkedHashMap<>();
    if (settings.size().isPresent()) {
      settings.micronsPerPixel().ifPresent(microns -> data.put("micronsPerPixel", microns));
      all.put("network", Map.of("size", settings.size().getAsInt()));
    }
    all.put("data", data);
    try {
      return YAML.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
