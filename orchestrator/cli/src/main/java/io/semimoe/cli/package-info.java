/**
 * The command line. Each command parses, checks and calls a class of the training or inference
 * modules; nothing here is part of the method. Results go to the standard output, messages and
 * progress to the standard error output.
 */
package io.semimoe.cli;
