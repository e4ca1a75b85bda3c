/**
 * What the person configured: {@link dev.agent.settings.Places} knows where files live, {@link
 * dev.agent.settings.SettingsSchema} is the registry of all settings, {@link
 * dev.agent.settings.SettingsLoader} reads all sources into one {@link
 * dev.agent.settings.Settings}, {@link dev.agent.settings.LiveSettings} reads them again when files
 * changed, {@link dev.agent.settings.SettingsEditor} changes one value in a file, {@link
 * dev.agent.settings.Trust} remembers which directories may act, and by which of their wishes.
 *
 * <p>A new setting is one line in {@code settings.schema.json}; reading, checking, restricting,
 * merging, explaining and the reference page follow from it.
 *
 * <p>Invariants: one bad entry never takes others with it and is always reported; a file that is no
 * JSON is left out as a whole and said, or goes on counting as it was; without the administrator's
 * settings, where there are some, nothing runs; what comes from a project can neither redirect
 * traffic or keys nor do anything that a person did not approve.
 */
@NullMarked
package dev.agent.settings;

import org.jspecify.annotations.NullMarked;
