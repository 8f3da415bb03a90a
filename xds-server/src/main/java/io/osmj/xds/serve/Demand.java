package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;
import java.util.NavigableSet;

/**
 * Names that the source is to be asked for.
 *
 * @param ticket counts up from 1 in each stream
 * @param type of them all
 * @param names at least one
 */
record Demand(long ticket, ResourceType type, NavigableSet<String> names) {}
