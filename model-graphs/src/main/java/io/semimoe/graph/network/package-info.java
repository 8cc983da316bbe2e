/** The networks of Semi-MoE as graphs: U-Net experts and multi-gating (arXiv 2509.13834). */
package io.semimoe.graph.network;
