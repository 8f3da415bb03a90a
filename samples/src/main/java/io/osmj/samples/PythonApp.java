package io.osmj.samples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Sends one order a second to the application {@code nodeapp}, through Dapr, and prints a line for each with the status
 * code and the body that came back: a refusal is to be seen in this log.
 *
 * <p>The tutorial this is modelled on has a Python program in its place, hence the name.
 */
public final class PythonApp implements AutoCloseable {

    private static final String CALLEE = "nodeapp";

    private final DaprSidecar dapr;
    private final PrintStream out;
    private final Duration pause;
    // Not a daemon: it is what keeps the process alive.
    private final Thread sender = new Thread(this::sendUntilInterrupted, "orders");

    private PythonApp(DaprSidecar dapr, Duration pause, PrintStream out) {
        this.dapr = dapr;
        this.pause = pause;
        this.out = out;
    }

    /** Starts sending, and waits for the given time after each answer. */
    static PythonApp start(DaprSidecar dapr, Duration pause, PrintStream out) {
        PythonApp app = new PythonApp(dapr, pause, out);
        app.sender.start();
        return app;
    }

    private void sendUntilInterrupted() {
        try {
            for (long id = 1; ; id++) {
                out.println("order " + id + ": " + send(new Order(id)));
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            out.println("no more orders");
        }
    }

    private String send(Order order) throws InterruptedException {
        try {
            HttpResponse<String> answer = dapr.invoke(CALLEE, "neworder", order.toMessage());
            return answer.statusCode() + " " + answer.body().strip();
        } catch (IOException e) {
            return "Dapr does not answer: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    @Override
    public void close() {
        sender.interrupt();
        dapr.close();
    }

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) {
        Shutdown.onSignal(start(DaprSidecar.of(System.getenv()), Duration.ofSeconds(1), System.out));
    }
}
