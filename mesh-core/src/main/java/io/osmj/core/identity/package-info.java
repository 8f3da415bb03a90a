/**
 * Who a workload is: its service account, the trust domain, and the SPIFFE id made of both.
 *
 * <p>An identity is always held in parts. It is never cut out of a longer string, because service account names may hold
 * dots and a split on dots made one account pass for another in Open Service Mesh.
 */
@NullMarked
package io.osmj.core.identity;

import org.jspecify.annotations.NullMarked;
