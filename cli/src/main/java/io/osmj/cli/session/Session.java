package io.osmj.cli.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of the command. Results go to {@link #out}, everything that tells of the way there to {@link #err}. */
public final class Session implements AutoCloseable {
    private final GlobalOptions options;
    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Paint paint;
    private @Nullable Config config;
    private @Nullable KubernetesClient client;

    public Session(GlobalOptions options, BufferedReader in, PrintWriter out, PrintWriter err, Paint paint) {
        this.options = options;
        this.in = in;
        this.out = out;
        this.err = err;
        this.paint = paint;
    }

    public GlobalOptions options() {
        return options;
    }

    public BufferedReader in() {
        return in;
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    public Paint paint() {
        return paint;
    }

    /** Tells a step that only {@code --verbose} shows. */
    public void debug(String text) {
        if (options.verbose()) {
            err.println("[debug] " + text);
        }
    }

    /** The cluster's address and the user's credentials. */
    public Config config() {
        var known = config;
        if (known == null) {
            known = readConfig();
            config = known;
        }
        return known;
    }

    /** A client of the cluster. */
    public KubernetesClient client() {
        var known = client;
        if (known == null) {
            // Without a search for every kind that exists: it would load two thousand classes to know a handful.
            var serialization = new KubernetesSerialization(new ObjectMapper(), false);
            known = new KubernetesClientBuilder()
                    .withConfig(config())
                    .withKubernetesSerialization(serialization)
                    .build();
            client = known;
        }
        return known;
    }

    private Config readConfig() {
        var context = options.context().orElse(null);
        try {
            var read = read(context);
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

    private Config read(@Nullable String context) throws IOException {
        var named = options.kubeconfig().map(Path::toFile);
        var files = named.map(List::of).orElseGet(Session::usualFiles);
        if (files.isEmpty()) {
            return Config.autoConfigure(context); // in a pod
        }
        var kubeconfigs = new io.fabric8.kubernetes.api.model.Config[files.size()];
        for (int at = 0; at < kubeconfigs.length; at++) {
            kubeconfigs[at] = Kubeconfig.read(files.get(at));
        }
        var read = Config.empty();
        KubeConfigUtils.merge(read, context, kubeconfigs);
        if (named.isEmpty()) {
            Config.configFromSysPropsOrEnvVars(read);
        }
        return read;
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

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
