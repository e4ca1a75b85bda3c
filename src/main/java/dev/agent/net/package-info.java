/**
 * The way to the network: {@link dev.agent.net.HttpClients} makes clients that know proxies and
 * certificates, {@link dev.agent.net.AddressGuard} keeps requests that the model asked for away
 * from private addresses.
 */
@NullMarked
package dev.agent.net;

import org.jspecify.annotations.NullMarked;
