/**
 * The semi-supervised training loop of Semi-MoE and the evaluation of what it trains. Depends on no
 * console.
 */
package io.semimoe.training.loop;
