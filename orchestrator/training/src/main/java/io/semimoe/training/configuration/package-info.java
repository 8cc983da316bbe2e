/**
 * What a training run is made of: immutable, validated settings, the presets, and reading and
 * writing them as YAML. Of the other parts of the training it knows the names of the metrics only.
 */
package io.semimoe.training.configuration;
