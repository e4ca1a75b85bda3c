/**
 * Text with a meaning as rows: Markdown ({@link dev.agent.tui.markup.Markdown}, and {@link
 * dev.agent.tui.markup.StreamingMarkdown} while it arrives), code ({@link
 * dev.agent.tui.markup.Highlighter}), differences ({@link dev.agent.tui.markup.DiffRows}) and the
 * output of commands ({@link dev.agent.tui.markup.AnsiText}).
 *
 * <p>All text here is from models, tools and files: no control character of it gets into a row, so
 * no sequence of it reaches the terminal. Borders, gutters and indents of wrapped rows are
 * decoration: what is left is what a person wants to copy.
 */
@NullMarked
package dev.agent.tui.markup;

import org.jspecify.annotations.NullMarked;
