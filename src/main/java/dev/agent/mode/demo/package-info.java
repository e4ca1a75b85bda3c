/**
 * The demonstration: a small broken project and a model that plays its part from a script; client,
 * loop and tools are the true ones.
 */
@NullMarked
package dev.agent.mode.demo;

import org.jspecify.annotations.NullMarked;
