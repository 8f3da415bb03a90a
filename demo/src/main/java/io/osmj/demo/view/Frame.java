package io.osmj.demo.view;

import io.osmj.demo.folder.Edge;
import io.osmj.demo.play.Step;
import io.osmj.demo.program.Program;
import io.osmj.demo.scene.Answer;
import io.osmj.demo.scene.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the lines of the screen: who calls whom, what is answered, why, what runs, what happened, what can be done. On a narrow
 * screen reasons stand below the calls; on a low one there is less of what happened.
 */
final class Frame {
    private static final int SHOWN_ANSWERS = 20;
    private static final int WIDEST = 110;
    private static final int NARROW = 116;
    private static final Duration RATE_WINDOW = Duration.ofSeconds(3);

    private final Scene scene;
    private final Size size;
    private final int width;
    private final List<Line> lines = new ArrayList<>();

    private Frame(Scene scene, Size size) {
        this.scene = scene;
        this.size = size;
        this.width = Math.min(size.columns() - 1, WIDEST);
    }

    /**
     * What the keyboard is good for.
     *
     * @param steps all that can be played
     * @param waiting those that were asked for while another one is played, the next one first
     */
    record Keys(List<Step> steps, List<Step> waiting) {}

    /**
     * The lines of now.
     *
     * @param setting what is real here, and why it is
     * @param news the events of late, the oldest first
     * @param size what the terminal has room for
     */
    static List<Line> of(Scene scene, List<String> setting, Keys pressed, List<String> news, Size size) {
        Frame frame = new Frame(scene, size);
        frame.title(setting);
        frame.calls();
        frame.programs();
        List<Line> keys = frame.keys(pressed);
        frame.news(news, size.rows() - 1 - frame.lines.size() - keys.size() - 1);
        frame.lines.addAll(keys);
        return frame.lines;
    }

    private void title(List<String> setting) {
        Paragraph title = new Paragraph(Line.of(Colour.TITLE, " osm demo "), " ", width);
        setting.forEach(part -> title.words(Colour.DIM, "· " + part));
        lines.addAll(title.lines());
        lines.add(new Line());
    }

    private void calls() {
        lines.add(Line.of(Colour.DIM, " ")
                .cell(Colour.DIM, "who calls whom", 18)
                .cell(Colour.DIM, "answer", 8)
                .cell(Colour.DIM, "per s", 7)
                .cell(Colour.DIM, "the last answers", SHOWN_ANSWERS + 2)
                .add(Colour.DIM, narrow() ? "" : "why"));
        scene.edges().forEach(this::call);
        lines.add(new Line());
    }

    private boolean narrow() {
        return size.columns() < NARROW;
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
        boolean calls = scene.calls(edge.caller());
        Colour colour = calls ? Colour.ofStatus(now.status()) : Colour.DIM;
        long recent = System.nanoTime() - RATE_WINDOW.toNanos();
        double rate = scene.answers().since(edge, recent).size() / (double) RATE_WINDOW.toSeconds();
        line.cell(colour, calls ? told(now) : "–", 8)
                .cell(Colour.PLAIN, "%.1f".formatted(rate), 7)
                .add(Colour.PLAIN, " ".repeat(SHOWN_ANSWERS - last.size()));
        last.forEach(answer -> line.add(Colour.ofStatus(answer.status()), sign(edge, answer)));
        String reason = scene.reason(edge, now);
        if (narrow()) {
            lines.addAll(new Paragraph(Line.of(Colour.PLAIN, "   "), "   ", width)
                    .words(colour, reason)
                    .lines());
        } else {
            line.add(colour, "  " + reason);
        }
    }

    private static String told(Answer answer) {
        return answer.status() == 0 ? "none" : Integer.toString(answer.status());
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
        Paragraph programs = new Paragraph(Line.of(Colour.DIM, " processes  "), " ", width);
        for (Program program : scene.programs()) {
            boolean alive = program.alive();
            programs.add(Line.of(alive ? Colour.GOOD : Colour.BAD, alive ? "● " : "× ")
                    .add(alive ? Colour.PLAIN : Colour.BAD, program.name() + "  "));
        }
        lines.addAll(programs.lines());
        lines.add(new Line());
    }

    /** The latest events for which there is room. */
    private void news(List<String> news, int room) {
        List<Line> told = new ArrayList<>();
        for (String event : news.reversed()) {
            List<Line> paragraph = event(event);
            if (told.size() + paragraph.size() > room) {
                break;
            }
            told.addAll(0, paragraph);
        }
        lines.addAll(told);
        lines.add(new Line());
    }

    private List<Line> event(String event) {
        Colour colour = switch (event.charAt(0)) {
            case '✓' -> Colour.GOOD;
            case '×' -> Colour.BAD;
            default -> Colour.DIM;
        };
        return new Paragraph(Line.of(colour, " " + event.charAt(0)), "   ", size.columns() - 1)
                .words(Colour.PLAIN, event.substring(1))
                .lines();
    }

    private List<Line> keys(Keys pressed) {
        Paragraph keys = new Paragraph(Line.of(Colour.DIM, " "), " ", width);
        pressed.steps().forEach(step -> keys.add(key(step)));
        List<Line> all = new ArrayList<>();
        if (!pressed.waiting().isEmpty()) {
            Line next = Line.of(Colour.WARNING, " after this step  ");
            pressed.waiting().forEach(step -> next.add(key(step)));
            all.add(next);
        }
        all.addAll(
                keys.add(Line.of(Colour.STRONG, "q").add(Colour.DIM, " quit")).lines());
        return all;
    }

    private static Line key(Step step) {
        return Line.of(Colour.STRONG, step.key()).add(Colour.DIM, " " + step.name() + "  ");
    }
}
