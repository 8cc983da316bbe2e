package io.semimoe.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.file.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes training configurations. Later sources win: defaults, preset, the user's file,
 * {@code key.path=value} assignments. A key that the defaults do not have is an error.
 */
public final class ConfigurationLoader {
  /** The preset that is used where neither the file nor the caller names one. */
  public static final String DEFAULT_PRESET = "compact";

  private static final List<String> PRESETS = List.of("paper", "compact", "demo");

  private ConfigurationLoader() {}

  /** Returns the names of the presets. */
  public static List<String> presets() {
    return PRESETS;
  }

  /**
   * Puts a configuration together.
   *
   * @param preset name of the preset; empty for the one that the last assignment, or else {@code
   *     file}, names under {@code preset}, or else {@link #DEFAULT_PRESET}
   * @param file YAML file with any part of the keys
   * @param assignments texts {@code key.path=value}, the value in YAML; the last one wins. Relative
   *     paths, here and in the file, count from the current directory and come back absolute
   * @throws ConfigurationException if a source cannot be read, or a key or value is not allowed
   */
  public static TrainingConfiguration load(
      Optional<String> preset, Optional<Path> file, List<String> assignments) {
    List<Layer> overrides = new ArrayList<>();
    file.map(ConfigurationLoader::fileLayer).ifPresent(overrides::add);
    for (String assignment : assignments) {
      overrides.add(Assignments.layer(assignment));
    }
    Optional<String> named = preset;
    for (Layer layer : Lists.reverse(overrides)) {
      named = named.or(() -> presetOf(layer));
    }
    String base = named.orElse(DEFAULT_PRESET);
    List<Layer> layers = new ArrayList<>();
    layers.add(resource("defaults"));
    layers.add(preset(base));
    layers.addAll(overrides);
    preset.ifPresent(name -> layers.add(Assignments.layer("preset=" + name)));
    return Binding.bind(layers);
  }

  /**
   * Reads a configuration that {@link #toYaml} wrote, or any other file, as {@link #load} does.
   *
   * @throws ConfigurationException if the file cannot be read or a key or value is not allowed
   */
  public static TrainingConfiguration read(Path file) {
    return load(Optional.empty(), Optional.of(file), List.of());
  }

  /** Returns all settings as YAML that {@link #read} turns into an equal configuration. */
  public static String toYaml(TrainingConfiguration configuration) {
    return Yaml.write(configuration);
  }

  private static Optional<String> presetOf(Layer layer) {
    // Of another kind, its text is the name of no preset.
    return Optional.ofNullable(layer.tree().get("preset")).map(JsonNode::asText);
  }

  private static Layer preset(String name) {
    if (!PRESETS.contains(name)) {
      throw new ConfigurationException(
          "preset: expected one of " + String.join(", ", PRESETS) + ", found " + name);
    }
    return resource(name);
  }

  private static Layer resource(String name) {
    return new Layer("preset " + name, Yaml.readResource("presets/" + name + ".yaml"));
  }

  private static Layer fileLayer(Path file) {
    String text;
    try {
      text = TextFile.read(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": expected a configuration file, found none", e);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          file + ": expected a configuration file in UTF-8, found other bytes", e);
    } catch (AccessDeniedException e) {
      throw new ConfigurationException(
          file + ": expected a readable configuration file, found that access is denied", e);
    } catch (IOException e) {
      throw new ConfigurationException(
          file + ": expected a readable configuration file, found: " + FileFailure.reason(e), e);
    }
    ObjectNode tree = Yaml.parseObject(text, file.toString());
    return new Layer(file.toString(), tree);
  }
}
