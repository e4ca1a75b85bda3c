@NullMarked
package dev.agent.tools.search;

import org.jspecify.annotations.NullMarked;
