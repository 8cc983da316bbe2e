/**
 * From data settings to the images of a run. Depends on the configuration, not on the training
 * loop.
 */
package io.semimoe.training.data;
