package dev.agent.tools.search;

import dev.agent.runtime.Cancellation;
import dev.agent.tool.ToolException;
import java.util.Optional;

/** Finds what a query asks for. */
interface SearchEngine {
  /**
   * The hits, in no particular order; empty when this engine can't answer such a query.
   *
   * @throws ToolException when the query itself is at fault
   */
  Optional<SearchQuery.Hits> search(SearchQuery query, Cancellation cancellation)
      throws ToolException, InterruptedException;
}
