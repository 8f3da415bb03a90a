package io.osmj.integration.walkthrough;

import java.io.BufferedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the log of a calling application, which prints the status of each call, and notes when each line came. */
final class Calls implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("order (\\d+): (?:(\\d{3}) ?)?(.*)");

    private final Process follower;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /**
     * One call.
     *
     * @param at when its line was read
     * @param order its number
     * @param status the HTTP status Dapr answered with, 0 for none
     * @param text what came with it
     */
    record Call(Instant at, int order, int status, String text) {}

    private Calls(Process follower) {
        this.follower = follower;
        Thread.ofVirtual().start(this::read);
    }

    /** Follows the calls that an application makes from now on. */
    static Calls of(Scene scene, String deployment) {
        return new Calls(scene.startKubectl(
                "logs", "-n", Scene.NAMESPACE, "-f", "--tail=1", "deployment/" + deployment, "-c", "python"));
    }

    private void read() {
        try (BufferedReader lines = follower.inputReader()) {
            lines.lines().forEach(this::note);
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            // The follower was ended; what was read is kept.
        }
    }

    private void note(String line) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            int status = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            calls.add(new Call(Instant.now(), Integer.parseInt(matcher.group(1)), status, matcher.group(3)));
        }
    }

    /** All calls seen. */
    List<Call> all() {
        return List.copyOf(calls);
    }

    /** The calls whose line came after that moment. */
    List<Call> since(Instant moment) {
        return calls.stream().filter(call -> call.at().isAfter(moment)).toList();
    }

    /** Waits for the first call after a moment that has this status, and says how long after the moment it came. */
    Duration until(int status, Instant moment, Duration limit) {
        Instant last = moment.plus(limit);
        while (Instant.now().isBefore(last)) {
            for (Call call : since(moment)) {
                if (call.status() == status) {
                    return Duration.between(moment, call.at());
                }
            }
            Await.pause();
        }
        throw new AssertionError("no call was answered with " + status + " within " + limit.toSeconds()
                + " s; the calls were " + since(moment));
    }

    @Override
    public void close() {
        follower.destroy();
    }
}
