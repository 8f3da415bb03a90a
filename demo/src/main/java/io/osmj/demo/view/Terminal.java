package io.osmj.demo.view;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * The terminal, as long as the view is on it: a screen of its own, keys without Enter and without echo. Closing gives
 * everything back.
 */
final class Terminal implements AutoCloseable {
    private static final File TTY = new File("/dev/tty");

    private final PrintStream out = new PrintStream(System.out, false, UTF_8);
    private final boolean colours;
    private final String settings;
    private boolean closed;

    Terminal(boolean colours) {
        this.colours = colours;
        settings = stty("-g");
        stty("-icanon", "-echo", "min", "1");
        out.print("\033[?1049h\033[?25l\033[2J");
        out.flush();
    }

    /**
     * Draws over what was there; nothing any more once it is closed, because the thread that ends us is another one. The last
     * column and the last row stay free: at the end of either, terminals do not agree on what comes next.
     */
    synchronized void draw(List<Line> lines, Size size) {
        if (closed) {
            return;
        }
        var frame = new StringBuilder("\033[H");
        lines.stream()
                .limit(size.rows() - 1)
                .forEach(line ->
                        frame.append(line.print(size.columns() - 1, colours)).append("\033[K\r\n"));
        out.print(frame.append("\033[J"));
        out.flush();
    }

    /** The next key; -1 when there will be none. */
    int key() throws IOException {
        return System.in.read();
    }

    /** How large it is now; the user may have changed the window. */
    static Size size() {
        return Size.read(stty("size"));
    }

    @Override
    public synchronized void close() {
        closed = true;
        out.print("\033[?25h\033[?1049l");
        out.flush();
        stty(settings);
    }

    private static String stty(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(TTY)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
