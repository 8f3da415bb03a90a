/**
 * Who a proxy is, asked of the API server by TokenReview. Nothing that a proxy says about itself counts.
 */
@NullMarked
package io.osmj.controlplane.identity;

import org.jspecify.annotations.NullMarked;
