/**
 * Learning rates per epoch, and the rate of the averaged weights per iteration. Depends only on the
 * configuration.
 */
package io.semimoe.training.schedule;
