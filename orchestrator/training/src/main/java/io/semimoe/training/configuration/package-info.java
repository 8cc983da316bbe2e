/**
 * What a training run is made of: immutable, validated settings, the presets, and reading and
 * writing them as YAML. Depends on no other part of the training.
 */
package io.semimoe.training.configuration;
