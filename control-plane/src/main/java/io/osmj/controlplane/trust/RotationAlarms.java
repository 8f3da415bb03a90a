package io.osmj.controlplane.trust;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.certificates.rotation.RotationListener;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;

/** Passes on what the rotation of workload certificates reports. */
final class RotationAlarms implements RotationListener {
    private final TrustEvents events;

    RotationAlarms(TrustEvents events) {
        this.events = events;
    }

    @Override
    public void renewed(SpiffeId id, IssuedCertificate certificate) {
        events.renewed(id, certificate);
    }

    @Override
    public void failed(SpiffeId id, IssuedCertificate kept, IssuingException reason) {
        events.alarm(new Problem(
                ProblemCode.M6004,
                new ObjectRef(
                        "ServiceAccount", id.account().namespace(), id.account().name()),
                "",
                "Its certificate was not renewed and ends at " + kept.notAfter() + ": " + reason.getMessage(),
                "See to the issuer of certificates; the attempt is repeated by itself."));
    }
}
