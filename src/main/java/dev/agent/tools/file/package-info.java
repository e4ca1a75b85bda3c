/**
 * Files for the model: {@link dev.agent.tools.file.Read}, {@link dev.agent.tools.file.Write},
 * {@link dev.agent.tools.file.Edit}, {@link dev.agent.tools.file.NotebookEdit}. {@link
 * dev.agent.tools.file.EditMatcher} finds the place of an edit; when in doubt it finds none.
 */
@NullMarked
package dev.agent.tools.file;

import org.jspecify.annotations.NullMarked;
