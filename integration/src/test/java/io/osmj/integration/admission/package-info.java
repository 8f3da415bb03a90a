/** The two webhooks as a real API server calls them. */
@NullMarked
package io.osmj.integration.admission;

import org.jspecify.annotations.NullMarked;
