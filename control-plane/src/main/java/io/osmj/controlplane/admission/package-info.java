/**
 * What the API server asks before it stores an object: pods on one port, to be given their sidecar, and the mesh's own kinds
 * on another, to be checked.
 *
 * <pre>
 * HTTPS -> AdmissionEndpoint (size, type, form) -> Review -> Decider -> Decision -> AdmissionReview
 *                                                            |- PodDecider: the injector
 *                                                            +- ObjectDecider: validate
 * </pre>
 *
 * <p>Nothing is stored or changed by a review, so a dry run needs no care. {@link io.osmj.controlplane.admission.AdmissionServer}
 * is the one class the rest of the process knows; it also writes into the webhook configurations what the API server has to
 * trust.
 */
@NullMarked
package io.osmj.controlplane.admission;

import org.jspecify.annotations.NullMarked;
