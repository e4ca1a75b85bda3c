/**
 * What the person configured: {@link dev.agent.settings.Places} knows where files live, {@link
 * dev.agent.settings.SettingsLoader} reads all sources into one {@link
 * dev.agent.settings.Settings}, {@link dev.agent.settings.Trust} remembers which directories may
 * act.
 *
 * <p>Invariants: one bad entry never takes others with it and is always reported; a file that is no
 * JSON is left out as a whole and said; what comes from a project can neither redirect traffic or
 * keys nor grant permissions before the project is trusted.
 */
@NullMarked
package dev.agent.settings;

import org.jspecify.annotations.NullMarked;
