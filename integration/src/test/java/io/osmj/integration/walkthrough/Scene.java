package io.osmj.integration.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where the walkthrough plays: a cluster, {@code kubectl}, the {@code osm} command, and the sample's files. */
final class Scene {
    static final String NAMESPACE = "dapr-test";
    static final String MESH_NAMESPACE = "osm-system";

    private final Path root;
    private final String kubectl;
    private final String osm;
    private final Shell shell;
    private final Narrator narrator;

    Scene(Path root, Path kubeconfig, String kubectl, String osm, Narrator narrator) {
        this.root = root;
        this.kubectl = kubectl;
        this.osm = osm;
        this.narrator = narrator;
        this.shell = new Shell(root, Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    Narrator narrator() {
        return narrator;
    }

    Path sample(String file) {
        return root.resolve("samples/hello-dapr").resolve(file);
    }

    /** Runs {@code kubectl}, shown, and expects it to succeed. */
    String kubectl(String... arguments) {
        return succeed(shown("kubectl", arguments, ""));
    }

    /** Applies a manifest, shown, and expects it to be taken. */
    String apply(String manifest) {
        return succeed(shown("kubectl", new String[] {"apply", "-f", "-"}, manifest));
    }

    /** Applies one of the sample's files as a stage of the walkthrough wants it; its text is too long to show. */
    String applyQuietly(String file, String manifest) {
        narrator.command("kubectl apply -f " + file);
        Shell.Result result = shell.run(List.of(kubectl, "apply", "-f", "-"), manifest);
        narrator.output(result.output());
        return succeed(result);
    }

    /** Applies a manifest, shown; it may be refused. */
    Shell.Result tryApply(String manifest) {
        return shown("kubectl", new String[] {"apply", "-f", "-"}, manifest);
    }

    /** Runs {@code kubectl}, shown; it may fail. */
    Shell.Result tryKubectl(String... arguments) {
        return shown("kubectl", arguments, "");
    }

    /** Runs {@code kubectl} to look at something, not shown, and expects it to succeed. */
    String look(String... arguments) {
        return succeed(shell.runForData(command(kubectl, arguments)));
    }

    /** The same as JSON. */
    JsonNode lookAt(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("-o", "json"));
        try {
            return new ObjectMapper().readTree(look(all.toArray(String[]::new)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kubectl printed no JSON for " + all, e);
        }
    }

    /** Runs {@code osm}, shown, and expects it to succeed. */
    String osm(String... arguments) {
        return succeed(shown("osm", arguments, ""));
    }

    /** Runs {@code osm}, shown; it may fail. */
    Shell.Result tryOsm(String... arguments) {
        return shown("osm", arguments, "");
    }

    /** Runs any program of the machine, not shown. */
    Shell.Result run(String... command) {
        return shell.run(List.of(command), "");
    }

    /** Starts {@code kubectl} and leaves it running; the caller ends it. */
    Process startKubectl(String... arguments) {
        return shell.start(command(kubectl, arguments));
    }

    /** Starts any program and leaves it running; the caller ends it. */
    Process start(String... command) {
        return shell.start(List.of(command));
    }

    /** MeshConfig as the walkthrough patches it. */
    String patchMeshConfig(String patch) {
        String said =
                kubectl("patch", "meshconfig", "osm-mesh-config", "-n", MESH_NAMESPACE, "-p", patch, "--type=merge");
        assertThat(said.strip()).startsWith("meshconfig.config.openservicemesh.io/osm-mesh-config patched");
        return said;
    }

    private Shell.Result shown(String program, String[] arguments, String input) {
        narrator.command(program + " " + quoted(arguments) + (input.isEmpty() ? "" : " <<EOF"));
        if (!input.isEmpty()) {
            narrator.output(input);
            narrator.output("EOF");
        }
        Shell.Result result = shell.run(command(program.equals("osm") ? osm : kubectl, arguments), input);
        narrator.output(result.output());
        return result;
    }

    private static String quoted(String[] arguments) {
        return String.join(
                " ",
                Arrays.stream(arguments)
                        .map(argument -> argument.matches("[A-Za-z0-9_./:=,@-]+") ? argument : "'" + argument + "'")
                        .toList());
    }

    private static List<String> command(String program, String[] arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static String succeed(Shell.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
