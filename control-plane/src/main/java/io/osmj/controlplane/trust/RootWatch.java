package io.osmj.controlplane.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.function.Consumer;

/**
 * Notices that the Secret no longer holds the root this process signs with. Nothing is changed then: what runs goes on with
 * the root in memory, and only an operator knows whether the change was meant.
 */
final class RootWatch implements ResourceEventHandler<Secret> {
    private final RootSecret secret;
    private final RootCertificate root;
    private final Consumer<Problem> alarm;

    RootWatch(RootSecret secret, RootCertificate root, Consumer<Problem> alarm) {
        this.secret = secret;
        this.root = root;
        this.alarm = alarm;
    }

    @Override
    public void onAdd(Secret present) {
        compare(present);
    }

    @Override
    public void onUpdate(Secret before, Secret present) {
        compare(present);
    }

    @Override
    public void onDelete(Secret last, boolean finalStateUnknown) {
        alarm.accept(changed(
                "The Secret was deleted. The mesh goes on with the root in memory; a control plane that starts now makes a new"
                        + " root, which no running proxy trusts."));
    }

    private void compare(Secret present) {
        try {
            if (!secret.read(present).trusted().equals(root.trusted())) {
                alarm.accept(changed("The Secret holds other roots than the ones this control plane works with."));
            }
        } catch (TrustException e) {
            alarm.accept(e.problem());
        }
    }

    private Problem changed(String message) {
        return secret.problem(
                ProblemCode.M6002,
                "",
                message,
                "If that is a step of docs/root-of-trust.md, restart the control plane; else restore the Secret from a backup.");
    }
}
