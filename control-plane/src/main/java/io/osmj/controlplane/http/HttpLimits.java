package io.osmj.controlplane.http;

/**
 * Limits of the JDK's HTTP server. It reads them once, from system properties, when its first server is made; what the command
 * line sets stays.
 */
public final class HttpLimits {
    private HttpLimits() {}

    /** Sets them; has no effect once any HTTP server of this process was made. */
    public static void set() {
        set("sun.net.httpserver.maxReqHeaderSize", "8192");
        // A request that is not complete after so many seconds is cut off: nobody holds a connection by sending slowly.
        set("sun.net.httpserver.maxReqTime", "10");
        set("sun.net.httpserver.maxRspTime", "30");
        // How often each server looks for such requests. It does so every second otherwise, and nothing comes of it.
        set("sun.net.httpserver.timerMillis", "5000");
        // The API server keeps idle connections for 90 seconds; were ours closed earlier, a review would run into the
        // closing.
        set("sun.net.httpserver.idleInterval", "120");
        // How often each server looks for idle connections, in milliseconds.
        set("sun.net.httpserver.clockTick", "30000");
        set("jdk.httpserver.maxConnections", "1024");
        // Reviews are small and each waits for its answer.
        set("sun.net.httpserver.nodelay", "true");
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
