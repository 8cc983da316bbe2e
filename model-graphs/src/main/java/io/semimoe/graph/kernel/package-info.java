/** Other ways to compute the same: models rewritten for the kernels of a processor. */
package io.semimoe.graph.kernel;
