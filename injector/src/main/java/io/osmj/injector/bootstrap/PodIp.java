package io.osmj.injector.bootstrap;

/**
 * The pod's IP, which nobody knows when the pod is patched. The kubelet puts it in: it replaces {@code $(POD_IP)} in the
 * arguments of a container, and {@code $$} stands for a dollar.
 */
final class PodIp {
    /** Stands for the IP until the text is written; private-use characters are in no name, path or header. */
    static final String PLACEHOLDER = "\uE000POD_IP\uE000";

    private PodIp() {}

    /** The text as an argument of a container: every dollar of a user is itself, every placeholder a reference. */
    static String asArgument(String text) {
        return text.replace("$", "$$").replace(PLACEHOLDER, "$(POD_IP)");
    }
}
