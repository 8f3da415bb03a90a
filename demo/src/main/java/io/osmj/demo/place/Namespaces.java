package io.osmj.demo.place;

import io.osmj.core.intercept.Interception;
import io.osmj.demo.folder.Member;
import io.osmj.demo.program.Tool;
import io.osmj.injector.intercept.RulesText;
import io.osmj.injector.pod.SidecarParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network namespace for each pod, a cable from each to the namespace of this process, and in each pod the rules that the
 * injector writes for pods of a cluster. This process itself must be root in a network and mount namespace of its own.
 *
 * <p>Nothing is removed one by one: all of it ends with the namespaces of this process, and those end with this process.
 */
public final class Namespaces implements Place {
    private static final String PODS = "10.42.0.";
    private static final String ROUTER = PODS + "1";

    private final Path folder;

    /** Prepares the namespace of this process; the folder is for rules. */
    public Namespaces(Path folder) {
        this.folder = folder;
        ip("link", "set", "lo", "up");
        forward();
    }

    @Override
    public String description() {
        return "network namespaces, connections intercepted by the injector's iptables rules";
    }

    @Override
    public String podAddress(int number) {
        return PODS + number;
    }

    @Override
    public String applicationAddress(int number) {
        return Member.EVERYWHERE;
    }

    @Override
    public String controlPlaneAddress() {
        return ROUTER;
    }

    @Override
    public Optional<String> outbound(PodPlace pod) {
        return Optional.empty();
    }

    @Override
    public void add(PodPlace pod) {
        connect(pod);
        intercept(pod);
    }

    /** Makes the network of a pod whose connections are left alone. */
    public void connect(PodPlace pod) {
        String here = "pod-" + pod.name();
        ip("netns", "add", pod.name());
        ip("link", "add", "name", here, "type", "veth", "peer", "name", "eth0", "netns", pod.name());
        ip("address", "add", ROUTER + "/32", "dev", here);
        ip("link", "set", here, "up");
        ip("route", "add", pod.address() + "/32", "dev", here);
        ip("-n", pod.name(), "address", "add", pod.address() + "/32", "dev", "eth0");
        ip("-n", pod.name(), "link", "set", "lo", "up");
        ip("-n", pod.name(), "link", "set", "eth0", "up");
        ip("-n", pod.name(), "route", "add", ROUTER + "/32", "dev", "eth0");
        ip("-n", pod.name(), "route", "add", "default", "via", ROUTER);
    }

    private void intercept(PodPlace pod) {
        try {
            Path rules =
                    Files.writeString(folder.resolve(pod.name() + ".rules"), RulesText.of(Interception.EVERYTHING));
            List<String> load =
                    inside(pod, List.of(Tool.path("iptables-restore"), "--wait", "5", "--noflush", rules.toString()));
            // The legacy program locks a file below /run; the other one needs no lock.
            Tool.run(Map.of("XTABLES_LOCKFILE", "/dev/null"), load.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> controlPlane(List<String> command) {
        return command;
    }

    @Override
    public List<String> application(PodPlace pod, List<String> command) {
        return inside(pod, command);
    }

    @Override
    public List<String> sidecar(PodPlace pod, List<String> command) {
        String user = Integer.toString(SidecarParts.USER);
        List<String> become = List.of(
                Tool.path("setpriv"), "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs", "--");
        return inside(pod, Stream.concat(become.stream(), command.stream()).toList());
    }

    @Override
    public int sidecarUser() {
        return SidecarParts.USER;
    }

    @Override
    public void close() {
        // Its namespaces end with the process.
    }

    private static List<String> inside(PodPlace pod, List<String> command) {
        return Stream.concat(Stream.of(Tool.path("nsenter"), "--net=/run/netns/" + pod.name(), "--"), command.stream())
                .toList();
    }

    private static void forward() {
        try {
            Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
        } catch (IOException e) {
            throw new UncheckedIOException("packets cannot be forwarded between pods: " + e.getMessage(), e);
        }
    }

    private static void ip(String... arguments) {
        Tool.run(Stream.concat(Stream.of(Tool.path("ip")), Stream.of(arguments)).toArray(String[]::new));
    }
}
