/**
 * The images that a user names by files, folders and patterns, and what their outputs are named
 * after. Knows no options and no console.
 */
package io.semimoe.cli.images;
