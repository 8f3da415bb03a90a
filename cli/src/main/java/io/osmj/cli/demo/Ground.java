package io.osmj.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osmj.cli.session.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the demo's program runs.
 *
 * @param interception what it finds there, {@code NAMESPACES} or {@code LISTENERS}
 * @param command what stands before the program; it ends with this command, whichever way we end
 * @param because why it runs there, and what to do if that is not as wished
 */
record Ground(String interception, List<String> command, String because) {
    /** The programs that namespaces need, and the packages that have them. */
    private static final Map<String, String> NEEDED = Map.of(
            "unshare", "util-linux",
            "nsenter", "util-linux",
            "ip", "iproute2",
            "iptables-restore", "iptables");

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

    /** Here the program cleans up itself, so it is asked to end when this command is gone. */
    private static final List<String> ALONE = List.of("setpriv", "--pdeathsig", "TERM", "--");

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

    /** Whether the program is the child of what stands before it, and not the same process. */
    boolean nested() {
        return command.contains("--fork");
    }

    /** What was wished; without a wish namespaces where there are some, and else none. */
    static Ground of(Interception wished) throws InterruptedException {
        if (Tools.find("setpriv").isEmpty()) {
            throw new Failure("osm demo needs setpriv, so that nothing outlives it: install util-linux");
        }
        if (wished == Interception.listeners) {
            return listeners("as asked for");
        }
        List<String> refusals = new ArrayList<>();
        Optional<Ground> namespaces = namespaces(refusals);
        if (namespaces.isPresent()) {
            return namespaces.get();
        }
        // What root is refused as root says more than what root is refused as a user.
        String because = root() ? refusals.getFirst() : refusals.getLast();
        if (wished == Interception.namespaces) {
            throw new Failure("osm demo gets no network namespaces with iptables here: " + because);
        }
        return listeners(because);
    }

    private static Ground listeners(String because) {
        return new Ground("LISTENERS", ALONE, because);
    }

    /** As root, else as a user who is root in a namespace of his own. */
    private static Optional<Ground> namespaces(List<String> refusals) throws InterruptedException {
        Optional<String> missing = NEEDED.keySet().stream()
                .sorted()
                .filter(tool -> Tools.find(tool).isEmpty())
                .findFirst();
        if (missing.isPresent()) {
            refusals.add(missing.get() + " is not there, install " + NEEDED.get(missing.get()));
            return Optional.empty();
        }
        List<String> inUserNamespace =
                Stream.concat(AS_ROOT_OF_OWN.stream(), NAMESPACES.stream()).toList();
        for (Ground candidate : List.of(
                new Ground("NAMESPACES", NAMESPACES, "as root"),
                new Ground("NAMESPACES", inUserNamespace, "as root of a user namespace"))) {
            String refusal = probe(candidate.command());
            if (refusal.isEmpty()) {
                return Optional.of(candidate);
            }
            refusals.add(refusal + "; " + remedy());
        }
        return Optional.empty();
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String remedy() {
        return root()
                ? "a container needs CAP_SYS_ADMIN and CAP_NET_ADMIN"
                : "run it as root, or install uidmap and give this user a range of ids in /etc/subuid and /etc/subgid";
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
                            // The text of an error number that unshare did not set.
                            .replace(": Success", "")
                            .strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
