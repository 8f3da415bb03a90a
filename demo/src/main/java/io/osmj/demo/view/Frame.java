package io.osmj.demo.view;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.play.Step;
import io.osmj.demo.program.Program;
import io.osmj.demo.scene.Answer;
import io.osmj.demo.scene.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the lines of the screen: who calls whom, what is answered, why, what runs, what happened, what can be done. */
final class Frame {
    private static final int SHOWN_ANSWERS = 20;
    private static final int WIDEST = 110;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(3);

    private final Scene scene;
    private final List<Step> steps;
    private final int width;
    private final List<Line> lines = new ArrayList<>();

    private Frame(Scene scene, List<Step> steps, int width) {
        this.scene = scene;
        this.steps = steps;
        this.width = Math.min(width, WIDEST);
    }

    /**
     * The lines of now.
     *
     * @param setting what is real here, and why it is
     * @param news the events of late, the oldest first
     * @param width how many characters the terminal shows in a line
     */
    static List<Line> of(Scene scene, List<String> setting, List<Step> steps, List<String> news, int width) {
        Frame frame = new Frame(scene, steps, width);
        frame.title(setting);
        frame.calls();
        frame.programs();
        frame.news(news);
        frame.keys();
        return frame.lines;
    }

    private void title(List<String> setting) {
        Line line = Line.of(Colour.TITLE, " osm demo ");
        for (String part : setting) {
            line = roomFor(part.length() + 3, line).add(Colour.DIM, "· " + part + " ");
        }
        lines.add(line);
        lines.add(new Line());
    }

    private void calls() {
        lines.add(Line.of(Colour.DIM, " ")
                .cell(Colour.DIM, "who calls whom", 18)
                .cell(Colour.DIM, "answer", 8)
                .cell(Colour.DIM, "per s", 7)
                .cell(Colour.DIM, "the last answers", SHOWN_ANSWERS + 2)
                .add(Colour.DIM, "why"));
        scene.edges().forEach(this::call);
        lines.add(new Line());
    }

    private void call(Edge edge) {
        List<Answer> last = scene.answers().last(edge, SHOWN_ANSWERS);
        Line line = Line.of(Colour.PLAIN, " ").cell(Colour.STRONG, edge.toString(), 18);
        lines.add(line);
        if (last.isEmpty()) {
            line.add(Colour.DIM, "no call yet");
            return;
        }
        Answer now = last.getLast();
        Colour colour = Colour.ofStatus(now.status());
        long recent = System.nanoTime() - RATE_WINDOW.toNanos();
        double rate = scene.answers().since(edge, recent).size() / (double) RATE_WINDOW.toSeconds();
        line.cell(colour, now.status() == 0 ? "none" : Integer.toString(now.status()), 8)
                .cell(Colour.PLAIN, "%.1f".formatted(rate), 7)
                .add(Colour.PLAIN, " ".repeat(SHOWN_ANSWERS - last.size()));
        last.forEach(answer -> line.add(Colour.ofStatus(answer.status()), sign(edge, answer)));
        line.add(colour, "  " + scene.reason(edge, now));
    }

    /** Signs that differ without colours too. */
    private static String sign(Edge edge, Answer answer) {
        return switch (answer.status()) {
            case 200 -> answer.from().equals(edge.callee()) ? "●" : "◆";
            case 403 -> "×";
            case 0 -> "·";
            default -> "○";
        };
    }

    private void programs() {
        Line line = Line.of(Colour.DIM, " processes  ");
        for (Program program : scene.programs()) {
            boolean alive = program.alive();
            line = roomFor(program.name().length() + 4, line);
            line.add(alive ? Colour.GOOD : Colour.BAD, alive ? "● " : "× ")
                    .add(alive ? Colour.PLAIN : Colour.BAD, program.name() + "  ");
        }
        lines.add(line);
        lines.add(new Line());
    }

    private void news(List<String> news) {
        for (String event : news) {
            Colour colour = switch (event.charAt(0)) {
                case '✓' -> Colour.GOOD;
                case '×' -> Colour.BAD;
                default -> Colour.DIM;
            };
            lines.add(Line.of(colour, " " + event.charAt(0)).add(Colour.PLAIN, event.substring(1)));
        }
        lines.add(new Line());
    }

    private void keys() {
        Line line = Line.of(Colour.DIM, " ");
        for (Step step : steps) {
            line = roomFor(step.name().length() + 4, line);
            line.add(Colour.STRONG, step.key()).add(Colour.DIM, " " + step.name() + "  ");
        }
        lines.add(roomFor(6, line).add(Colour.STRONG, "q").add(Colour.DIM, " quit"));
    }

    /** The line, if it has room for this much; else the next. */
    private Line roomFor(int more, Line line) {
        if (line.width() + more <= width) {
            return line;
        }
        lines.add(line);
        return Line.of(Colour.DIM, " ");
    }
}
