package io.osmj.cli.session;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which cluster is meant, and who asks. */
final class ClusterConfig {
    private static final String NOWHERE = "KUBECONFIG names no file that is there, nor is there a"
            + " ~/.kube/config. Name one with --kubeconfig or in KUBECONFIG.";

    private ClusterConfig() {}

    /** The cluster's address and the user's credentials. */
    static Config of(GlobalOptions options) {
        try {
            var read = read(options);
            ClientKey.identify(read);
            // Somebody waits for the answer: better soon told that there is no cluster than tried ten times.
            read.setRequestRetryBackoffLimit(1);
            // A command asks a few questions one after the other: HTTP/2 has only more classes to load.
            read.setHttp2Disable(true);
            trustItsAuthorityAlone(read);
            return read;
        } catch (IOException | RuntimeException failure) {
            throw new Failure("Error fetching kubeconfig: " + failure.getMessage(), failure);
        }
    }

    private static Config read(GlobalOptions options) throws IOException {
        var context = options.context().orElse(null);
        var named = options.kubeconfig().map(Path::toFile);
        var files = named.map(List::of).orElseGet(ClusterConfig::usualFiles);
        if (files.isEmpty()) {
            if (!elsewhere()) {
                throw new IllegalStateException(NOWHERE);
            }
            return Config.autoConfigure(context);
        }
        var kubeconfigs = new io.fabric8.kubernetes.api.model.Config[files.size()];
        for (int at = 0; at < kubeconfigs.length; at++) {
            kubeconfigs[at] = Kubeconfig.read(files.get(at));
        }
        if (context != null) {
            requireContext(context, kubeconfigs);
        }
        var read = Config.empty();
        KubeConfigUtils.merge(read, context, kubeconfigs);
        Overlooked.complete(read, kubeconfigs);
        if (named.isPresent() || !elsewhere()) {
            requireCluster(read, files, kubeconfigs);
        }
        if (named.isEmpty()) {
            Config.configFromSysPropsOrEnvVars(read);
        }
        return read;
    }

    /** The library would take the current context in place of one that is not there, and with it another cluster. */
    private static void requireContext(String context, io.fabric8.kubernetes.api.model.Config... kubeconfigs) {
        var names = contexts(kubeconfigs);
        if (!names.contains(context)) {
            throw new IllegalStateException(
                    "there is no context [" + context + "], only [" + String.join(", ", names) + "]");
        }
    }

    /** Without a context that is there, and a cluster of its, the library would ask a host that only pods know. */
    private static void requireCluster(
            Config read, List<File> files, io.fabric8.kubernetes.api.model.Config... kubeconfigs) {
        var chosen = chosen(read, files, kubeconfigs);
        var cluster = chosen.getContext().getCluster();
        if (Stream.of(kubeconfigs)
                .flatMap(kubeconfig -> kubeconfig.getClusters().stream())
                .noneMatch(present -> Objects.equals(present.getName(), cluster))) {
            throw new IllegalStateException(
                    "context [%s] names cluster [%s], which is not there".formatted(chosen.getName(), cluster));
        }
    }

    private static NamedContext chosen(
            Config read, List<File> files, io.fabric8.kubernetes.api.model.Config... kubeconfigs) {
        var chosen = read.getCurrentContext();
        var where = files.stream().map(File::getPath).collect(Collectors.joining(", "));
        var names = contexts(kubeconfigs);
        if (names.isEmpty()) {
            throw new IllegalStateException(
                    where + " has no contexts. Name another file with --kubeconfig or in KUBECONFIG.");
        }
        if (chosen == null) {
            var current = Stream.of(kubeconfigs)
                    .map(io.fabric8.kubernetes.api.model.Config::getCurrentContext)
                    .filter(name -> name != null && !name.isEmpty())
                    .findFirst();
            throw new IllegalStateException(
                    current.map(name -> "there is no context [" + name + "], which is the current-context, only [")
                                    .orElse(where + " has no current-context. There is [")
                            + String.join(", ", names) + "]; name one with --context");
        }
        return chosen;
    }

    private static List<String> contexts(io.fabric8.kubernetes.api.model.Config... kubeconfigs) {
        return Stream.of(kubeconfigs)
                .flatMap(kubeconfig -> kubeconfig.getContexts().stream())
                .map(NamedContext::getName)
                .toList();
    }

    /** Whether something else than a file tells of a cluster: the environment, as in a pod. */
    private static boolean elsewhere() {
        return Stream.of("KUBERNETES_SERVICE_HOST", "KUBERNETES_MASTER")
                .map(System.getenv()::get)
                .anyMatch(Objects::nonNull);
    }

    private static List<File> usualFiles() {
        return Config.getKubeconfigFilenames().stream()
                .map(File::new)
                .filter(File::isFile)
                .toList();
    }

    /** A kubeconfig that names an authority trusts no other. The library would read the machine's hundred and fifty too. */
    private static void trustItsAuthorityAlone(Config config) {
        if (config.getCaCertData() != null || config.getCaCertFile() != null) {
            System.setProperty("javax.net.ssl.trustStore", "NONE");
        }
    }
}
