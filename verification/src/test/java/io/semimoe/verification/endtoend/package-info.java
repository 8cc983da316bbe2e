/**
 * Suites that run the program as its user does: from image files to a trained, evaluated, exported
 * model, with interruptions, and with input that is wrong.
 */
package io.semimoe.verification.endtoend;
