/** What a training tells while it runs, and who listens. Depends on the losses' values only. */
package io.semimoe.training.report;
