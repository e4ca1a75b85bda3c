/**
 * Pure text work: line endings, truncation, diffs, front matter, nearest names. Data in, data out.
 */
@NullMarked
package dev.agent.text;

import org.jspecify.annotations.NullMarked;
