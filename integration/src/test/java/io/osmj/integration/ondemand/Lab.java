package io.osmj.integration.ondemand;

import io.osmj.core.intercept.Cidr;
import io.osmj.core.intercept.Interception;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.Destination.Access;
import io.osmj.core.plan.Destination.Allowed;
import io.osmj.core.plan.Destination.Backend;
import io.osmj.core.plan.Destination.Carriage;
import io.osmj.core.plan.Reach;
import io.osmj.injector.intercept.RulesText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A pod with its sidecar, its control plane, and a world to call. */
final class Lab implements AutoCloseable {
    static final int HTTP_PORT = 80;
    static final int MIXED_PORT = 8080;
    static final int TCP_PORT = 3306;
    static final String POD_IP = "10.9.0.2";

    /** Services, and what stands beside the pod. */
    static final Reach CLOSED =
            new Reach(List.of(range("10.96.0.0/12"), range("10.9.0.0/16")), List.of(HTTP_PORT), false);

    static final Reach OPEN = new Reach(CLOSED.ranges(), CLOSED.httpPorts(), true);

    final Namespace pod = new Namespace("osm-pod");
    final Namespace outside = new Namespace("osm-world");
    final World world = new World(outside);
    final Resolver resolver;
    final ControlPlane controlPlane;
    final Sidecar sidecar;

    Lab(Reach reach) {
        resolver = new Resolver(reach);
        cable();
        intercept();
        controlPlane = new ControlPlane(pod, resolver);
        sidecar = new Sidecar(pod, controlPlane);
    }

    static Cidr range(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private void cable() {
        Namespace.command(
                "ip",
                "link",
                "add",
                "eth0",
                "netns",
                pod.name(),
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                outside.name());
        for (String address : List.of(World.NEAR + "/24", World.NEAR_TOO + "/24", World.FAR + "/32")) {
            outside.run("ip", "address", "add", address, "dev", "eth0");
        }
        pod.run("ip", "address", "add", POD_IP + "/24", "dev", "eth0");
        pod.run("ip", "link", "set", "eth0", "up");
        outside.run("ip", "link", "set", "eth0", "up");
        pod.run("ip", "route", "add", "default", "via", World.NEAR);
    }

    private void intercept() {
        try {
            Path rules = Files.createTempFile("rules", "");
            Files.writeString(rules, RulesText.of(Interception.EVERYTHING));
            pod.run("iptables-restore", "--wait", "5", "--noflush", rules.toString());
            Files.delete(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A destination whose one backend is a server of the world without a sidecar. */
    static Destination to(String address, int port, Carriage carriage, int backendPort) {
        return destination(
                address,
                port,
                carriage,
                new Allowed(List.of(new Backend(World.NEAR, backendPort, false, 1)), List.of()));
    }

    static Destination destination(String address, int port, Carriage carriage, Access access) {
        return new Destination(address, port, carriage, "shop/" + address + "|" + port, "svc.shop", access);
    }

    Client dial(Destination destination) {
        return Client.dial(pod, destination.address(), destination.port());
    }

    Client.Answer get(Destination destination, String... headers) {
        return Client.get(pod, destination.address(), destination.port(), headers);
    }

    @Override
    public void close() {
        sidecar.close();
        controlPlane.close();
        world.close();
        pod.close();
        outside.close();
    }
}
