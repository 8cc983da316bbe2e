/**
 * The command line. Each command parses, checks and calls a class that does the work, of another
 * module or of a package below this one; nothing here is part of the method. Results go to the
 * standard output, messages and progress to the standard error output, from this package alone.
 */
package io.semimoe.cli;
