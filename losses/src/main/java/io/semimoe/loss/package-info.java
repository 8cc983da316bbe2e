/**
 * The losses of Semi-MoE: terms as graph fragments, and in Java the adaptive multi-objective
 * weighting and the ramp of the unsupervised weight. Depends on model graphs only.
 */
package io.semimoe.loss;
