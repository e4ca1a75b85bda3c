/**
 * A session with a person in front of it. {@link dev.agent.mode.interactive.Controller} is the
 * session whoever draws it: it runs turns, keeps the queue, asks questions and tells what happens.
 * A {@link dev.agent.mode.interactive.Surface} draws it and passes on what the person does.
 *
 * <p>Nothing here puts objects together: sessions come from a {@link
 * dev.agent.mode.interactive.SessionHost}.
 */
@NullMarked
package dev.agent.mode.interactive;

import org.jspecify.annotations.NullMarked;
