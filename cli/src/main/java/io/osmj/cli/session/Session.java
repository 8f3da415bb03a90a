package io.osmj.cli.session;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** One run of the command. Results go to {@link #out}, everything that tells of the way there to {@link #err}. */
public final class Session implements AutoCloseable {
    private final GlobalOptions options;
    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Paint paint;
    private final FutureTask<Config> config = new FutureTask<>(() -> ClusterConfig.of(options()));
    private final FutureTask<HttpClient> http = new FutureTask<>(this::transport);
    private final FutureTask<KubernetesClient> plain = new FutureTask<>(() -> new PlainClient(done(http), config()));
    private final FutureTask<KubernetesClient> client =
            new FutureTask<>(() -> new KubernetesClientImpl(done(http), config(), null, PlainClient.withoutSearch()));

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
        return done(config);
    }

    /** Makes the plain client on threads of its own while the command line is read, which takes as long. */
    public void begin() {
        NativeTls.begin();
        Thread.ofPlatform().daemon().name("client").start(plain);
    }

    /** A client of the cluster for requests by path alone, which is there sooner. */
    public KubernetesClient plainClient() {
        return done(plain);
    }

    /** A client of the cluster. */
    public KubernetesClient client() {
        return done(client);
    }

    private HttpClient transport() {
        var asked = config();
        NativeTls.install();
        return Transport.to(asked);
    }

    /** Does the task unless it is done or another thread does it. */
    private static <T> T done(FutureTask<T> task) {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new Failure(String.valueOf(failed.getMessage()), failed);
        }
    }

    @Override
    public void close() {
        // A client that nobody asked for may still be in the making; it holds no connection.
        Stream.of(plain, client)
                .filter(made -> made.state() == Future.State.SUCCESS)
                .forEach(made -> made.resultNow().close());
    }
}
