/** The semi-supervised training loop of Semi-MoE and what it reports. Depends on no console. */
package io.semimoe.training.loop;
