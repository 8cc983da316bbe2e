/** Measurements on data that are not part of this repository, on which defaults rest. */
package io.semimoe.verification.study;
