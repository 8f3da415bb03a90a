package io.osmj.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the demo's program runs.
 *
 * @param command what stands before the program; empty where there are no namespaces
 * @param shortfall why there are no namespaces; empty where there are
 */
record Ground(List<String> command, String shortfall) {
    private static final List<String> NEEDED = List.of("unshare", "setpriv", "nsenter", "ip", "iptables-restore");

    /**
     * Everything in it ends with its first process, that one ends with unshare, and unshare with this command: the kernel
     * cleans up after us, whichever way we end. The signal of a parent's death is asked for after the user changed, because a
     * change of user takes it back.
     */
    private static final List<String> NAMESPACES = List.of(
            "setpriv",
            "--pdeathsig",
            "KILL",
            "unshare",
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "--");

    private static final List<String> AS_ROOT_OF_OWN =
            List.of("unshare", "--user", "--map-root-user", "--map-auto", "--");

    /** What the demo asks of the kernel: cables, and the matches and targets of the injector's rules. */
    private static final String PROBE = """
            ip link add name probe type veth peer name probe2 && mount -t tmpfs probe /run && iptables-restore --wait 5 <<END
            *nat
            -A OUTPUT -p tcp -m owner --uid-owner 1500 -j RETURN
            -A OUTPUT -p tcp -m multiport --dports 1,2 -j REDIRECT --to-ports 3
            COMMIT
            END
            """;

    Ground {
        command = List.copyOf(command);
    }

    /** Whether there are namespaces. */
    boolean namespaces() {
        return !command.isEmpty();
    }

    /** The best this machine offers: namespaces as root, namespaces as a user who is root in one of his own, none. */
    static Ground best() throws InterruptedException {
        Optional<String> missing =
                NEEDED.stream().filter(tool -> Tools.find(tool).isEmpty()).findFirst();
        if (missing.isPresent()) {
            return new Ground(List.of(), missing.get() + " is not installed");
        }
        String refusal = "";
        for (List<String> command : List.of(
                NAMESPACES,
                Stream.concat(AS_ROOT_OF_OWN.stream(), NAMESPACES.stream()).toList())) {
            refusal = probe(command);
            if (refusal.isEmpty()) {
                return new Ground(command, "");
            }
        }
        return new Ground(List.of(), refusal);
    }

    private static String probe(List<String> command) throws InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("sh", "-ec", PROBE));
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
            builder.environment().put("XTABLES_LOCKFILE", "/dev/null");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0
                    ? ""
                    : output.lines()
                            .findFirst()
                            .orElse("the kernel refuses namespaces")
                            .strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
