package io.osmj.cli.session;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the HTTP clients of the client library, and ends them. The library leaves that to the collector of garbage, and their
 * threads stay in a system call until then. At the end of a process the JDK waits 300 ms for a thread in a system call, which is as
 * long as most commands run.
 */
final class Transport extends JdkHttpClientFactory implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(1);

    private final List<HttpClient> made = new CopyOnWriteArrayList<>();

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return new NotedBuilder(super.createNewHttpClientBuilder(), made::add);
    }

    /** Ends what is still open. For after the library's own close, which ends the threads that answers are handled on. */
    @Override
    public void close() {
        made.forEach(HttpClient::shutdownNow);
        for (var client : made) {
            try {
                client.awaitTermination(END);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
