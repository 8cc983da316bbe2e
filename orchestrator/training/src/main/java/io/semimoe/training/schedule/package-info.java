/** Learning rates per epoch. Depends only on the configuration. */
package io.semimoe.training.schedule;
