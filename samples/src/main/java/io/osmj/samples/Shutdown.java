package io.osmj.samples;

/** Ends the process in order when it is asked to, as a pod is by SIGTERM. */
final class Shutdown {

    private Shutdown() {}

    /** Closes the application at SIGTERM or SIGINT; the process then ends with status 0, since it did what was asked. */
    static void onSignal(AutoCloseable app) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(app), "shutdown"));
    }

    private static void close(AutoCloseable app) {
        try {
            app.close();
        } catch (Exception e) {
            System.out.println("did not shut down in order: " + e);
            return;
        }
        Runtime.getRuntime().halt(0);
    }
}
