package io.osmj.certificates.rotation;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.IssuingException;
import io.osmj.core.identity.SpiffeId;

/** Is told what becomes of the certificates of workloads. Called on the thread that renews; must return soon. */
public interface RotationListener {
    /** A workload has a new certificate in place of an old one, which is still good for a while. */
    void renewed(SpiffeId id, IssuedCertificate certificate);

    /** A certificate was due and could not be renewed; the old one is kept, and the next round tries again. */
    void failed(SpiffeId id, IssuedCertificate kept, IssuingException reason);
}
