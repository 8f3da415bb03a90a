package io.osmj.xds.serve;

import java.util.NavigableSet;

/**
 * Names of one type that a request asks for and the client is not to have, as far as is known.
 *
 * @param fresh those it does not have
 * @param claimed those it has from an earlier stream
 */
record Absent(NavigableSet<String> fresh, NavigableSet<String> claimed) {}
