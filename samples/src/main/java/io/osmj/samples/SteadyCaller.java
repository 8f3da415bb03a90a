package io.osmj.samples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls one address at a fixed rate, whether answers come or not, so that a service that stalls is seen and not spared.
 *
 * <p>Once a second it prints {@code calls: 100 sent, 100 answered, 0 failed, slowest 7 ms}, all counted from the start but the
 * slowest, which is of that second. A call fails that is not answered with 2xx within five seconds; each failure gets a line.
 */
public final class SteadyCaller implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final HttpRequest request;
    private final PrintStream out;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();

    private SteadyCaller(URI target, PrintStream out) {
        this.request = HttpRequest.newBuilder(target).timeout(ANSWER_WITHIN).build();
        this.out = out;
    }

    /**
     * Starts calling.
     *
     * @param rate calls a second, from 1 to 10,000
     */
    static SteadyCaller start(URI target, int rate, PrintStream out) {
        SteadyCaller caller = new SteadyCaller(target, out);
        var _ = caller.clock.scheduleAtFixedRate(
                () -> caller.calls.execute(caller::call), 0, SECOND / rate, TimeUnit.NANOSECONDS);
        var _ = caller.clock.scheduleAtFixedRate(caller::report, 1, 1, TimeUnit.SECONDS);
        return caller;
    }

    private void call() {
        long start = System.nanoTime();
        sent.incrementAndGet();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                answered.incrementAndGet();
            } else {
                failed("status " + status);
            }
        } catch (IOException e) {
            failed(e.toString());
        } catch (InterruptedException e) {
            // The end: this call was neither answered nor did it fail.
            Thread.currentThread().interrupt();
        }
        slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
    }

    private void failed(String reason) {
        failed.incrementAndGet();
        out.println("failed: " + reason);
    }

    private void report() {
        out.println("calls: " + sent + " sent, " + answered + " answered, " + failed + " failed, slowest "
                + TimeUnit.NANOSECONDS.toMillis(slowest.getAndSet(0)) + " ms");
    }

    @Override
    public void close() {
        clock.shutdownNow();
        calls.shutdownNow();
        http.shutdownNow();
        report();
    }

    /** Runs until SIGTERM; {@code TARGET} is the address to call and {@code RATE} how often a second, 100 if unset. */
    public static void main(String[] arguments) {
        URI target = URI.create(System.getenv().getOrDefault("TARGET", "http://localhost:3000/ports"));
        int rate = Integer.parseInt(System.getenv().getOrDefault("RATE", "100"));
        Shutdown.onSignal(start(target, rate, System.out));
    }
}
