package io.osmj.demo.view;

import io.osmj.demo.play.Keeper;
import io.osmj.demo.play.Play;
import io.osmj.demo.play.Step;
import io.osmj.demo.scene.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The live view, and the keys that play the steps. */
public final class Show {
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(250);
    private static final Duration LOST_SHOWN = Duration.ofSeconds(6);
    private static final int KEPT_NEWS = 6;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Scene scene;
    private final List<Step> steps;
    private final List<String> setting;
    private final Deque<String> news = new ArrayDeque<>();
    private final Deque<Step> waiting = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService player = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("player").unstarted(task));

    private Show(Scene scene, Play play, List<String> setting) {
        this.scene = scene;
        this.steps = play.steps();
        this.setting = setting;
    }

    /**
     * Starts the scene and shows it until q is pressed or the keyboard is gone.
     *
     * @param setting what is real here, and why it is
     */
    public static void run(Scene scene, Play play, List<String> setting, boolean colours) throws InterruptedException {
        Show show = new Show(scene, play, setting);
        Terminal terminal = new Terminal(colours);
        Thread giveBack = Thread.ofPlatform().unstarted(terminal::close);
        Runtime.getRuntime().addShutdownHook(giveBack);
        show.player.execute(show::start);
        show.player.execute(() -> show.play(show.steps.getFirst()));
        Thread.ofPlatform().daemon().name("keys").start(() -> show.listen(terminal));
        show.draw(terminal);
        Runtime.getRuntime().removeShutdownHook(giveBack);
        terminal.close();
        show.player.shutdownNow();
    }

    private void draw(Terminal terminal) throws InterruptedException {
        do {
            scene.refreshReasons();
            Size size = Terminal.size();
            terminal.draw(Frame.of(scene, setting, new Frame.Keys(steps, waiting()), latest(), size), size);
        } while (!end.await(BETWEEN_FRAMES.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void listen(Terminal terminal) {
        try {
            for (int key = terminal.key(); key >= 0 && key != 'q'; key = terminal.key()) {
                String pressed = Character.toString(key);
                steps.stream()
                        .filter(step -> step.key().equals(pressed))
                        .findFirst()
                        .ifPresent(this::press);
            }
        } catch (IOException e) {
            // The keyboard is gone: the same as q.
        }
        end.countDown();
    }

    private void start() {
        tell("… starting the control plane, the applications, and an Envoy beside each");
        try {
            scene.start();
            Thread.ofPlatform().daemon().name("keeper").start(new Keeper(scene, LOST_SHOWN, this::remark)::run);
        } catch (IllegalStateException | UncheckedIOException e) {
            tell("× " + e.getMessage());
        }
    }

    /** Steps are played one after the other; until its turn comes the view says that a key was taken. A key that is held down counts once. */
    private synchronized void press(Step step) {
        if (step.equals(waiting.peekLast())) {
            return;
        }
        waiting.addLast(step);
        player.execute(() -> {
            begin();
            play(step);
        });
    }

    private synchronized void begin() {
        waiting.removeFirst();
    }

    private void play(Step step) {
        tell("… " + step.name());
        tell(outcome(step));
    }

    private static String outcome(Step step) {
        try {
            return step.action().get().headline();
        } catch (IllegalStateException | UncheckedIOException e) {
            return "× " + e.getMessage();
        }
    }

    /** An event of the player, which is over what it told last. */
    private synchronized void tell(String event) {
        takePending();
        add(event);
    }

    /** An event beside what the player does. */
    private synchronized void remark(String event) {
        Optional<String> pending = takePending();
        add(event);
        pending.ifPresent(news::addLast);
    }

    private Optional<String> takePending() {
        return Optional.ofNullable(news.peekLast())
                .filter(last -> last.startsWith("…"))
                .map(_ -> news.removeLast());
    }

    private void add(String event) {
        news.addLast(event.charAt(0) + " " + CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + event.substring(1));
        if (news.size() > KEPT_NEWS) {
            news.removeFirst();
        }
    }

    private synchronized List<Step> waiting() {
        return List.copyOf(waiting);
    }

    private synchronized List<String> latest() {
        return List.copyOf(news);
    }
}
