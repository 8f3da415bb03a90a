package io.osmj.cli.session;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a cluster did not do what it was asked, in few words. The library says either that an error has occurred, or all it knows: the
 * address, the answer, and the answer once more as Java prints it.
 */
public final class ClusterFault {
    private static final Pattern REQUEST = Pattern.compile("Failure executing: (\\S+) at: \\S+?//[^/\\s]+(/[^?\\s]*)");

    private static final Pattern BORING_SSL = Pattern.compile("OPENSSL_internal:(\\w+)");

    private static final Pattern UNVERIFIED = Pattern.compile("^Hostname \\S+(?= not verified)");

    /** Codes of answers that say themselves what was wanted of what. */
    private static final List<Integer> TELLING = List.of(403, 409, 422);

    private static final int UNAUTHORIZED = 401;

    private ClusterFault() {}

    /** Whether nobody answered at all. */
    public static boolean unreached(Throwable fault) {
        return fault instanceof KubernetesClientException asked
                && asked.getStatus() == null
                && causes(fault).anyMatch(IOException.class::isInstance);
    }

    /** The reason, without a full stop; of what is no fault of a cluster, its message. */
    public static String reason(Throwable fault, Config asked) {
        if (unreached(fault)) {
            return "%s: %s".formatted(where(asked), network(fault, asked));
        }
        if (fault instanceof KubernetesClientException refused && refused.getStatus() != null) {
            return answer(refused, asked);
        }
        return fault.getMessage() == null
                ? fault.toString()
                : fault.getMessage().strip();
    }

    private static String where(Config asked) {
        var url = asked.getMasterUrl().replaceFirst("/$", "");
        var context = asked.getCurrentContext();
        return context == null || context.getName() == null
                ? url
                : "%s (context [%s])".formatted(url, context.getName());
    }

    private static String network(Throwable fault, Config asked) {
        if (has(fault, UnknownHostException.class)) {
            return "unknown host " + URI.create(asked.getMasterUrl()).getHost();
        }
        if (has(fault, InterruptedIOException.class)) {
            return "no answer in time";
        }
        var deepest = causes(fault).reduce(fault, (above, below) -> below);
        var said = deepest.getMessage();
        if (said == null) {
            return deepest.toString();
        }
        if (has(fault, SSLException.class)) {
            return "no TLS connection: " + tls(said, asked);
        }
        return said.startsWith("Connection refused") ? "connection refused" : said;
    }

    /** The reason out of what BoringSSL says, and the first line of what OkHttp does, which knows the address alone. */
    private static String tls(String said, Config asked) {
        var reason = BORING_SSL.matcher(said);
        if (reason.find()) {
            return reason.group(1);
        }
        var first = said.lines().findFirst().orElse(said).replaceFirst(":$", "");
        var name = asked.getTlsServerName();
        return name == null || name.isEmpty()
                ? first
                : UNVERIFIED.matcher(first).replaceFirst(Matcher.quoteReplacement("tls-server-name " + name));
    }

    private static String answer(KubernetesClientException refused, Config asked) {
        var said =
                Objects.requireNonNullElse(refused.getStatus().getMessage(), "").strip();
        if (refused.getCode() == UNAUTHORIZED) {
            return "%s does not know the user: %s; look at the credentials in the kubeconfig"
                    .formatted(where(asked), said.isEmpty() ? "Unauthorized" : said);
        }
        if (said.isEmpty()) {
            return String.valueOf(refused.getMessage()).strip();
        }
        var request = REQUEST.matcher(String.valueOf(refused.getMessage()));
        return TELLING.contains(refused.getCode()) || !request.lookingAt()
                ? said
                : "%s %s: %s".formatted(request.group(1), request.group(2), said);
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> kind) {
        return causes(fault).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause);
    }
}
