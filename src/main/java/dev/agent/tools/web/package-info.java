/**
 * Pages from the network: {@link dev.agent.tools.web.WebFetch}. Only public addresses are asked,
 * each hop is checked again, sizes and times are bounded.
 */
@NullMarked
package dev.agent.tools.web;

import org.jspecify.annotations.NullMarked;
