/** What an answer of the API server about a token proves. */
@NullMarked
package io.osmj.controlplane.identity;

import org.jspecify.annotations.NullMarked;
