/**
 * The way to the network: {@link dev.agent.net.HttpClients} makes the process's one HTTP client
 * with its proxies ({@link dev.agent.net.ProxyRules}) and certificates ({@link
 * dev.agent.net.ExtraTrust}).
 *
 * <p>Invariants: nothing connects before it is asked to; a password of a proxy is in no message and
 * no {@code toString}; the environment is passed in.
 */
@NullMarked
package dev.agent.net;

import org.jspecify.annotations.NullMarked;
