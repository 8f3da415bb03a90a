package io.osmj.integration.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo in a terminal of its own, as somebody sees it who presses keys and kills processes. */
final class LiveDemo implements AutoCloseable {
    private static final String HOME = "\033[H";

    private final Process process;
    private volatile String frame = "";

    private LiveDemo(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts it on a screen of this size. */
    static LiveDemo start(Way way, int columns, int rows) throws IOException {
        String demo =
                RunningDemo.command(way).stream().map(word -> "'" + word + "'").collect(joining(" "));
        String inTerminal = "stty cols " + columns + " rows " + rows + "; exec " + demo;
        return new LiveDemo(new ProcessBuilder("script", "-qfec", inTerminal, "/dev/null")
                .redirectErrorStream(true)
                .start());
    }

    /** Makes the screen another size, as somebody who pulls at the window does. */
    void resize(int columns, int rows) throws IOException, InterruptedException {
        long shown = process.children().findFirst().orElseThrow().pid();
        String[] command = {"stty", "-F", "/proc/" + shown + "/fd/0", "cols", "" + columns, "rows", "" + rows};
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }

    private void read() {
        var text = new StringBuilder();
        char[] some = new char[8192];
        try (Reader reader = process.inputReader(UTF_8)) {
            for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
                text.append(some, 0, count);
                int next = text.lastIndexOf(HOME);
                int last = next < 0 ? -1 : text.lastIndexOf(HOME, next - 1);
                if (last >= 0) {
                    frame = text.substring(last + HOME.length(), next);
                    text.delete(0, next);
                }
            }
        } catch (IOException e) {
            // The terminal is gone.
        }
    }

    /** The lines of the last whole picture, without colours. */
    List<String> lines() {
        String plain = frame.replaceAll("\\033\\[[?0-9;]*[A-Za-z]", "");
        return Arrays.stream(plain.split("\r\n", -1)).map(String::stripTrailing).toList();
    }

    /** The same as one text in which it does not matter where lines end. */
    String text() {
        return String.join(" ", lines()).replaceAll(" +", " ");
    }

    void press(char key) throws IOException {
        process.getOutputStream().write(key);
        process.getOutputStream().flush();
    }

    /** Kills the process of the demo whose command line has this in it. */
    void kill(String part) {
        process.descendants()
                .filter(child -> commandLine(child).contains(part))
                .findFirst()
                .orElseThrow()
                .destroyForcibly();
    }

    private static String commandLine(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        press('q');
        if (!ended()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("the demo did not end by q");
        }
    }

    private boolean ended() {
        try {
            return process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
