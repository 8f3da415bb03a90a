package io.osmj.integration.walkthrough;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Calls nodeapp through a caller's own daprd some forty times a second, from within that caller's network, and notes what is answered: a
 * finer clock than an application that calls once a second.
 */
final class Prober implements AutoCloseable {
    private static final String PROGRAM = """
            import http.client, time
            while True:
                try:
                    one = http.client.HTTPConnection("127.0.0.1", 3500, timeout=5)
                    one.request("GET", "/v1.0/invoke/nodeapp/method/ports")
                    status = one.getresponse().status
                    one.close()
                except OSError:
                    status = 0
                print(time.time_ns() // 1000000, status, flush=True)
                time.sleep(0.02)
            """;

    private final Process process;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();

    /**
     * One call.
     *
     * @param at when it was answered
     * @param status 0 where nothing was answered
     */
    private record Answer(Instant at, int status) {}

    private Prober(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static Prober in(PodNetwork caller) {
        return new Prober(caller.start("python3", "-c", PROGRAM));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines()
                    .map(line -> line.split(" "))
                    .forEach(parts -> answers.add(
                            new Answer(Instant.ofEpochMilli(Long.parseLong(parts[0])), Integer.parseInt(parts[1]))));
        } catch (IOException | UncheckedIOException e) {
            // The program was ended; what was read is kept.
        }
    }

    /** What the calls were answered whose answer came after that moment. */
    List<Integer> since(Instant moment) {
        return answers.stream()
                .filter(answer -> answer.at().isAfter(moment))
                .map(Answer::status)
                .toList();
    }

    /** How long after a moment the first call was answered by this status, and every later one so far. */
    Duration until(int status, Instant moment, Duration limit) {
        Instant last = moment.plus(limit);
        while (Instant.now().isBefore(last)) {
            List<Answer> since = answers.stream()
                    .filter(answer -> answer.at().isAfter(moment))
                    .toList();
            List<Answer> steady = since.stream()
                    .dropWhile(answer -> answer.status() != status)
                    .toList();
            if (!steady.isEmpty() && steady.stream().allMatch(answer -> answer.status() == status)) {
                return Duration.between(moment, steady.getFirst().at());
            }
            Await.pause();
        }
        throw new AssertionError("not answered with " + status + " within " + limit.toSeconds() + " s; the last were "
                + answers.reversed().stream().limit(5).toList());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
