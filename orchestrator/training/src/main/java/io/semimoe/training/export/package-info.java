/**
 * The export folder of a run: the models, which {@link io.semimoe.training.loop.ModelExport} makes,
 * and beside them what other tools need to use them. One class for each kind of file; none of them
 * knows the console.
 */
package io.semimoe.training.export;
