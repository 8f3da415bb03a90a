package io.osmj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OsmTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void showsItsVersionWithoutACluster() {
        var run = CommandLineRun.of("version", "--client-only", "--kubeconfig", "/nowhere");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("CLI Version: version\\.Info\\{Version:\"v.+\", GitCommit:\".+\", BuildDate:\".+\"}\\R");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instal | Error: Unmatched argument at index 0: 'instal'",
                "namespace add | Error: Missing required parameter: 'NAMESPACE'",
                "install --timeout soon --kubeconfig /nowhere | Error: invalid argument \"soon\" for \"--timeout\"",
                "install --set novalue | Error: invalid format for --set: \"novalue\" is not path=value",
                "mesh list --kubeconfig /nowhere | Error: Error fetching kubeconfig: "
            })
    void failsWithOneAndAReason(String arguments, String reason) {
        var run = CommandLineRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith(reason);
    }

    @Test
    void asksNoOtherClusterThanThatOfTheContext() throws IOException {
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: one
                contexts: [{name: one, context: {cluster: one}}, {name: two, context: {cluster: one}}]
                clusters: [{name: one, cluster: {server: "http://127.0.0.1:1"}}]
                """);

        var run = CommandLineRun.of("namespace", "list", "--kubeconfig", kubeconfig.toString(), "--context", "three");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: Error fetching kubeconfig: there is no context [three], only [one, two]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:1/ | http://127.0.0.1:1 (context [nowhere]): connection refused",
                "https://127.0.0.1:1 | https://127.0.0.1:1 (context [nowhere]): connection refused",
                "https://host.invalid:6443 | https://host.invalid:6443 (context [nowhere]): unknown host host.invalid"
            })
    void saysWhichClusterDoesNotAnswerAndWhy(String server, String reason) throws IOException {
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: nowhere
                contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
                clusters: [{name: nowhere, cluster: {server: "%s"}}]
                users: [{name: nobody, user: {}}]
                """.formatted(server));

        var list = CommandLineRun.of("namespace", "list", "--kubeconfig", kubeconfig.toString());
        var add = CommandLineRun.of("namespace", "add", "shop", "--kubeconfig", kubeconfig.toString());
        var check = CommandLineRun.of("check", "--kubeconfig", kubeconfig.toString());

        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.err().lines())
                .containsExactly("Error: Could not access Kubernetes cluster, check kubeconfig: " + reason);
        assertThat(add.err().lines())
                .containsExactly("Error: Cannot obtain information about the mesh [osm]: [" + reason + "]");
        assertThat(check.out()).contains("× can query the API server", "    " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | FILE has no contexts",
                "{current-context: three} | FILE has no contexts",
                "{contexts: [{name: one, context: {cluster: one}}]} | FILE has no current-context. There is [one]; name one with --context",
                "{current-context: three, contexts: [{name: one, context: {cluster: one}}]} | there is no context [three], which is the current-context, only [one]; name one with --context",
                "{current-context: one, contexts: [{name: one, context: {cluster: two}}]} | context [one] names cluster [two], which is not there",
            })
    void asksNoClusterThatTheKubeconfigDoesNotName(String text, String reason) throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), text);

        var run = CommandLineRun.of("namespace", "list", "--kubeconfig", kubeconfig.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: Error fetching kubeconfig: " + reason.replace("FILE", kubeconfig.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad query | 15000 | invalid argument \"bad query\" for \"QUERY\": it is no path of a URL; give one such as",
                "ready | 70000 | invalid argument \"70000\" for \"--local-port\": ports are 1 to 65535; leave the option out",
                "ready | -1 | invalid argument \"-1\" for \"--local-port\": ports are 1 to 65535; leave the option out"
            })
    void saysWhichArgumentOfProxyGetCannotBe(String query, String port, String reason) {
        var run = CommandLineRun.of("proxy", "get", query, "pod", "-p", port, "--kubeconfig", "/nowhere");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("Error: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install",
                "uninstall mesh",
                "mesh list",
                "namespace add",
                "proxy get",
                "version",
                "check",
                "translate",
                "validate",
                "policy why",
                "policy test"
            })
    void tellsHowACommandIsUsed(String command) {
        var run = CommandLineRun.of((command + " --help").split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: osm " + command).contains("--osm-namespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "mesh", "mesh list", "ns add", "help"})
    void helpShowsTheSameAsTheOption(String command) {
        var run = CommandLineRun.of(("help " + command).split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .isEqualTo(CommandLineRun.of((command + " --help").split(" ")).out());
    }

    @Test
    void withoutACommandItShowsHelp() {
        var run = CommandLineRun.of();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("uninstall", "Install the control plane.")
                .isEqualTo(CommandLineRun.of("help").out())
                .isEqualTo(CommandLineRun.of("--help").out());
        assertThat(CommandLineRun.of("mesh").out())
                .isEqualTo(CommandLineRun.of("help", "mesh").out());
    }

    @Test
    void helpAboutNothingFails() {
        var run = CommandLineRun.of("help", "mesh", "lst");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("Error: there is no command [osm mesh lst]");
    }

    @Test
    void completesInBash() {
        assertThat(CommandLineRun.of("completion", "bash").out())
                .contains("complete -F _complete_osm")
                .contains("uninstall")
                .contains("--delete-cluster-wide-resources")
                .contains("(\"table\" \"json\" \"yaml\")", "(\"bash\" \"zsh\" \"fish\")");
    }

    /** The words of a command are looked at in their order: "mesh" is a group by itself and a command below "uninstall". */
    @Test
    void completesInFish() {
        assertThat(CommandLineRun.of("completion", "fish").lines())
                .contains("complete -c osm -f", "                case ns; set word namespace")
                .anyMatch(line -> line.startsWith("complete -c osm -n '__osm_at --exactly uninstall' -a 'mesh'"))
                .anyMatch(line -> line.startsWith("complete -c osm -n '__osm_at --exactly mesh' -a 'list'"))
                .anyMatch(line -> line.startsWith("complete -c osm -n '__osm_at install' -l dry-run -d"))
                .anyMatch(line -> line.startsWith(
                        "complete -c osm -n '__osm_at mesh list' -s o -l output -x -a 'table json yaml'"))
                .anyMatch(line -> line.startsWith("complete -c osm -n '__osm_at install' -l kubeconfig -rF"))
                .anyMatch(line -> line.startsWith("complete -c osm -n '__osm_at completion' -a 'bash zsh fish'"));
    }

    /** The same in the shell itself, where there is one. */
    @ParameterizedTest
    @EnabledIf("fishIsThere")
    @CsvSource(
            delimiter = '|',
            value = {
                "osm uninstall mesh | ''",
                "osm mesh | list",
                "osm del | mesh",
                "osm --kubeconfig nowhere ns | add ignore list remove",
                "osm help ns | add ignore list remove",
                "osm check -o | json table yaml",
            })
    void fishOffersWhatMayFollow(String typed, String offered) throws Exception {
        var script = Files.writeString(
                folder.resolve("completion"),
                CommandLineRun.of("completion", "fish").out());
        var ask = "source %s; complete -C '%s ' | string replace -r '\\t.*' '' | string join ' '"
                .formatted(script, typed);

        var fish = new ProcessBuilder("fish", "--no-config", "-c", ask).start();

        assertThat(new String(fish.getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo(offered);
    }

    static boolean fishIsThere() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "fish")));
    }

    @Test
    @EnabledIf("bashIsThere")
    void bashCanReadItsCompletion() throws Exception {
        var script = folder.resolve("completion");
        Files.writeString(script, CommandLineRun.of("completion", "bash").out());

        var bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }

    static boolean bashIsThere() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    @Test
    void anEnvoyThatIsNoneIsNamed() {
        CommandLineRun run = CommandLineRun.of("demo", "--once", "--envoy", "/nowhere/envoy");

        assertThat(run.err()).startsWith("Error: /nowhere/envoy is no program; name an Envoy with --envoy");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
