package io.osmj.injector.patch;

import io.osmj.core.names.Labels;
import io.osmj.injector.pod.Pod;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The UUID of a pod's proxy. Its second half follows from the first and from what the pod is called, so that whoever sees it knows
 * whether it was given to this pod: a pod that comes a second time, because another webhook has changed it, keeps it; a copy of a pod,
 * which has another name, gets one of its own though it brings the first one's.
 *
 * <p>What a pod is called does not change while it is admitted: a name that is to be made of {@code generateName} is made later.
 */
final class ProxyUuid {
    private ProxyUuid() {}

    /**
     * The one that the pod carries if it is its own, else one that begins as a fresh one.
     *
     * @param fresh a UUID that nobody has
     */
    static String of(Pod pod, String fresh) {
        return pod.label(Labels.PROXY_UUID)
                .filter(carried -> carried.equals(beginningAs(carried, pod)))
                .orElseGet(() -> beginningAs(fresh, pod));
    }

    private static String beginningAs(String uuid, Pod pod) {
        long beginning = beginning(uuid);
        String called = beginning + " " + pod.ref();
        UUID rest = UUID.nameUUIDFromBytes(called.getBytes(StandardCharsets.UTF_8));
        return new UUID(beginning, rest.getLeastSignificantBits()).toString();
    }

    /** Of a label that is no UUID, which is nobody's, any. */
    private static long beginning(String uuid) {
        try {
            return UUID.fromString(uuid).getMostSignificantBits();
        } catch (IllegalArgumentException noUuid) {
            return 0;
        }
    }
}
