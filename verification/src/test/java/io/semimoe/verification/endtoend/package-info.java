/**
 * Suites that run the program as its user does: from image files to a trained, evaluated, exported
 * model, with interruptions, and with input that is wrong; and that open what it leaves with other
 * programs.
 */
package io.semimoe.verification.endtoend;
