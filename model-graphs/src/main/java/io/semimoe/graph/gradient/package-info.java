/**
 * Reverse-mode differentiation as a transformation of the graph: the gradient of a value is more
 * nodes of the same graph.
 */
package io.semimoe.graph.gradient;
