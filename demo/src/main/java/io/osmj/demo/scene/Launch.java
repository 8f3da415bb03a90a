package io.osmj.demo.scene;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the programs are started.
 *
 * @param java the launcher of a JDK's runtime
 * @param envoy the Envoy program
 */
public record Launch(Path java, Path envoy) {
    private static final String CONTROLLER = "io.osmj.controlplane.Controller";
    private static final String APPLICATION = "io.osmj.demo.app.App";
    private static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xmx256m",
            "-Xlog:cds=off",
            "-Xlog:aot=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The command of the control plane. */
    List<String> controller(String... arguments) {
        return java(CONTROLLER, List.of(arguments));
    }

    /** The command of an application. */
    List<String> application(List<String> arguments) {
        return java(APPLICATION, arguments);
    }

    /** The command of a sidecar. */
    List<String> sidecar(Path bootstrap) {
        return List.of(
                envoy.toString(),
                "--config-path",
                bootstrap.toString(),
                "--concurrency",
                "1",
                "--log-level",
                "warning",
                "--disable-hot-restart");
    }

    private List<String> java(String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(SMALL_JVM);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:SharedArchiveFile="))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return command;
    }
}
