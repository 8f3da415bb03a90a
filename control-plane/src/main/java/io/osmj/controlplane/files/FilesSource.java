package io.osmj.controlplane.files;

import io.osmj.controlplane.watch.StateSource;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.state.StatePatch;
import io.osmj.objects.folder.Folder;
import io.osmj.objects.folder.FolderFiles;
import io.osmj.objects.folder.FolderState;
import io.osmj.objects.folder.LocatedProblem;
import io.osmj.objects.read.Mesh;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state as a folder of YAML tells it. The folder is looked at when the system tells of a change, and every half second in
 * any case: what is told differs by file system, and nothing is told of files on a network.
 */
public final class FilesSource implements StateSource {
    private static final Logger LOG = LoggerFactory.getLogger(FilesSource.class);
    private static final Duration ROUND = Duration.ofMillis(500);

    private final Path path;
    private final Mesh mesh;
    private final Thread thread = Thread.ofPlatform().name("files").daemon().unstarted(this::watch);
    private Runnable changed = () -> {};
    private Folder folder = Folder.UNSEEN;
    private String trouble = "";
    private volatile boolean open = true;
    private volatile @Nullable FolderState state;

    /** A source that has not looked yet. */
    public FilesSource(Path path, Mesh mesh) {
        this.path = path;
        this.mesh = mesh;
    }

    @Override
    public void start(Runnable told) {
        changed = told;
        thread.start();
    }

    @Override
    public void look(Consumer<Outcome<StatePatch>> taker) {
        FolderState seen = state;
        if (seen != null) {
            taker.accept(new Outcome<>(
                    StatePatch.whole(seen.state()),
                    seen.problems().stream().map(LocatedProblem::inWords).toList()));
        }
    }

    /** Whether the folder was read once. */
    public boolean synced() {
        return state != null;
    }

    /** A problem of a later step, with the place of the object in its message; one that {@link #look} gave has its place. */
    public Problem located(Problem problem) {
        FolderState seen = state;
        if (seen == null
                || seen.problems().stream().anyMatch(found -> found.inWords().equals(problem))) {
            return problem;
        }
        return seen.located(problem).inWords();
    }

    private void watch() {
        try (FolderWatch watch = new FolderWatch(path)) {
            while (open) {
                refresh();
                watch.await(ROUND);
            }
        } catch (InterruptedException e) {
            LOG.debug("No longer looking at {}.", path);
        }
    }

    /** A folder that cannot be read is no empty folder: what was seen last stays in force. */
    private void refresh() {
        try {
            Folder now = folder.with(FolderFiles.read(path));
            trouble = "";
            if (now != folder) {
                folder = now;
                if (now.fileCount() == 0) {
                    LOG.warn(
                            "The folder {} holds no YAML, so no proxy is served. Write objects into it, or name another with"
                                    + " --from; read are files {}.",
                            path,
                            FolderFiles.WANTED);
                }
                state = FolderState.of(now, mesh);
                changed.run();
            }
        } catch (IOException | RuntimeException e) {
            String reason = e.toString();
            if (!reason.equals(trouble)) {
                LOG.error("The folder {} cannot be read, what it held stays in force: {}", path, reason);
            }
            trouble = reason;
        }
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
    }
}
