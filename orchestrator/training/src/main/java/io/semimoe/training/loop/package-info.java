/**
 * The semi-supervised training loop of Semi-MoE and the evaluation of what it trains. Depends on no
 * console.
 *
 * <p>The model files of an export are made here too ({@link io.semimoe.training.loop.ModelExport}):
 * no other package knows what a checkpoint holds.
 */
package io.semimoe.training.loop;
