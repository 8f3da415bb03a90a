package io.osmj.cli.session;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the library overlooks in a kubeconfig. A token that is kept in a file: it would ask as nobody. In whose name to ask: it would
 * ask as somebody who may more than was meant. And a proxy that speaks HTTP, where the API server speaks HTTPS: it would go by.
 */
final class Overlooked {
    private Overlooked() {}

    /** Adds it to what was read from these kubeconfigs. */
    static void complete(Config read, io.fabric8.kubernetes.api.model.Config... kubeconfigs) {
        if (read.getCurrentContext() == null) {
            return;
        }
        Context chosen = read.getCurrentContext().getContext();
        Stream.of(kubeconfigs)
                .flatMap(kubeconfig -> kubeconfig.getUsers().stream())
                .filter(named -> Objects.equals(named.getName(), chosen.getUser()))
                .map(NamedAuthInfo::getUser)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(user -> complete(read, user));
        Stream.of(kubeconfigs)
                .flatMap(kubeconfig -> kubeconfig.getClusters().stream())
                .filter(named -> Objects.equals(named.getName(), chosen.getCluster()))
                .map(NamedCluster::getCluster)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(cluster -> complete(read, cluster));
    }

    private static void complete(Config read, AuthInfo user) {
        if (user.getTokenFile() != null) {
            read.setOauthToken(token(Path.of(user.getTokenFile())));
        }
        if (user.getAs() != null) {
            read.setImpersonateUsername(user.getAs());
            read.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
        }
    }

    private static void complete(Config read, Cluster cluster) {
        if (cluster.getProxyUrl() != null && read.getMasterUrl().startsWith("https:")) {
            read.setHttpsProxy(cluster.getProxyUrl());
        }
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("the token of the user cannot be read from " + file, failure);
        }
    }
}
