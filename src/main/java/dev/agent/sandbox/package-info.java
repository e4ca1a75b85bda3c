/**
 * The operating system's fence around commands. {@link dev.agent.sandbox.Confinement} decides for
 * each command whether it runs inside, outside or not at all; a {@link dev.agent.sandbox.Sandbox}
 * wraps the words of a command; {@link dev.agent.sandbox.SandboxProbe} finds out what works on this
 * machine; {@link dev.agent.sandbox.FilterProxy} is the only way out to the network.
 *
 * <p>Invariants: where a sandbox is required and does not work, nothing runs; what a sandbox can't
 * prevent (names that did not exist) is looked for afterwards and taken away; nothing in here ever
 * loosens a decision of the permission layers.
 */
@NullMarked
package dev.agent.sandbox;

import org.jspecify.annotations.NullMarked;
