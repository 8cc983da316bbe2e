/** What {@code cut} finds for its images, and the configuration that it writes. */
package io.semimoe.cli.cut;
