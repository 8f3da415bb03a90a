package io.osmj.objects.folder;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Gives addresses to those that were given none: always the same to the same name, unless another has it already. Pods get
 * one of 10.244.0.0/16, services one of 10.96.0.0/16, the ranges that kubeadm's clusters have.
 */
final class Addresses {
    private static final String PODS = "10.244";
    private static final String SERVICES = "10.96";
    private static final int FIRST = 10;
    private static final int LAST = 65_000;

    private final Set<String> taken = new HashSet<>();

    /** Nobody else gets this one. */
    void take(String address) {
        taken.add(address);
    }

    String pod(String namespace, String name) {
        return free(PODS, namespace + "/" + name);
    }

    String service(String namespace, String name) {
        return free(SERVICES, namespace + "/" + name);
    }

    private String free(String range, String name) {
        CRC32 hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        int start = (int) (hash.getValue() % (LAST - FIRST));
        for (int step = 0; step < LAST - FIRST; step++) {
            int number = FIRST + (start + step) % (LAST - FIRST);
            String address = range + "." + (number >> 8) + "." + (number & 0xff);
            if (taken.add(address)) {
                return address;
            }
        }
        // More pods than a range has: the name keeps an address that is not its own, and the planner says so.
        return range + ".0.1";
    }
}
