package io.osmj.objects.folder;

import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a folder. A file that cannot be used is reported, and what it held when it last could be stays in force; what
 * is deleted is gone. Immutable.
 */
public final class Folder {
    /** A folder that nobody has looked into. */
    public static final Folder UNSEEN = new Folder(Map.of());

    private final SortedMap<String, FileState> files;

    private Folder(Map<String, FileState> files) {
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * One file.
     *
     * @param text as it is now; null if it cannot be read
     * @param objects in force, of the kinds that are read
     * @param others how many objects are of other kinds
     * @param problems of the text as it is now
     * @param refused objects that stand in the text and could not be used, with the first fault of each
     */
    private record FileState(
            @Nullable String text,
            List<SourceObject> objects,
            int others,
            List<LocatedProblem> problems,
            Map<ObjectRef, LocatedProblem> refused) {}

    /**
     * The folder as it is now, which is this one if nothing changed; files that did not change are not read again. One that cannot
     * be read holds what it held.
     */
    public Folder with(FolderFiles.Contents contents) {
        Map<String, FileState> next = new TreeMap<>();
        contents.texts().forEach((path, text) -> {
            FileState before = files.get(path);
            next.put(path, before != null && text.equals(before.text()) ? before : read(path, text, before));
        });
        contents.faults().forEach((path, fault) -> next.put(path, unreadable(path, fault, files.get(path))));
        return next.equals(files) && this != UNSEEN ? this : new Folder(next);
    }

    /** The same where all files can be read. */
    Folder with(Map<String, String> texts) {
        return with(new FolderFiles.Contents(texts, Map.of()));
    }

    private static FileState unreadable(String path, String fault, @Nullable FileState before) {
        Problem problem = new Problem(
                ProblemCode.M7001,
                new ObjectRef("File", "", path),
                "",
                "The file cannot be read: " + fault + ".",
                "Mend it, or take it out of the folder.");
        return new FileState(
                null,
                before == null ? List.of() : before.objects(),
                before == null ? 0 : before.others(),
                List.of(new LocatedProblem(problem, path, 1)),
                Map.of());
    }

    private static FileState read(String path, String text, @Nullable FileState before) {
        YamlObjects.Parsed parsed = YamlObjects.parse(path, text);
        List<LocatedProblem> errors = new ArrayList<>(parsed.problems());
        List<LocatedProblem> remarks = new ArrayList<>();
        List<SourceObject> good = new ArrayList<>();
        Map<ObjectRef, LocatedProblem> refused = new TreeMap<>();
        int others = 0;
        for (SourceObject object : parsed.objects()) {
            SourceObject placed = Defaults.placed(object);
            KindCheck.Result result = KindCheck.of(placed);
            errors.addAll(result.errors());
            remarks.addAll(result.remarks());
            if (!result.errors().isEmpty()) {
                refused.put(placed.ref(), result.errors().getFirst());
            } else if (result.read()) {
                good.add(placed);
            } else {
                others++;
            }
        }
        List<SourceObject> inForce = good;
        if (before != null && !errors.isEmpty()) {
            // The file waits as a whole, and with it what is new in it.
            good.forEach(object -> refused.putIfAbsent(object.ref(), errors.getFirst()));
            inForce = before.objects();
        }
        List<LocatedProblem> problems =
                Stream.concat(errors.stream(), remarks.stream()).sorted().toList();
        return new FileState(text, List.copyOf(inForce), others, problems, refused);
    }

    /** How many files there are. */
    public int fileCount() {
        return files.size();
    }

    /** How many objects are of kinds that the mesh does not read. */
    public int otherObjects() {
        return files.values().stream().mapToInt(FileState::others).sum();
    }

    /** All that is wrong with the files themselves, sorted. */
    public List<LocatedProblem> problems() {
        List<LocatedProblem> all = new ArrayList<>();
        files.values().forEach(file -> all.addAll(file.problems()));
        copies().values()
                .forEach(copies -> copies.stream()
                        .limit(copies.size() - 1)
                        .map(copy -> overruled(copy, copies.getLast().place()))
                        .forEach(all::add));
        return all.stream().sorted().distinct().toList();
    }

    private static LocatedProblem overruled(SourceObject copy, Place last) {
        return copy.problem(
                ProblemCode.M7007,
                "metadata.name",
                "The object stands again at " + last.file() + ":" + last.line() + ", and that one is in force.",
                "Keep one of the two; when the other one is taken out, this one comes into force.");
    }

    /** The objects in force by what they are; of several that are the same, the last one, as kubectl would have it. */
    SortedMap<ObjectRef, SourceObject> objects() {
        SortedMap<ObjectRef, SourceObject> objects = new TreeMap<>();
        copies().forEach((ref, copies) -> objects.put(ref, copies.getLast()));
        return objects;
    }

    /** Objects that stand in the files and none of which is in force, with the place of what is wrong, as {@code M7003 at a.yaml:3}. */
    Map<ObjectRef, String> refused() {
        Map<ObjectRef, String> refused = new TreeMap<>();
        for (FileState file : files.values()) {
            file.refused()
                    .forEach((ref, fault) ->
                            refused.put(ref, fault.problem().code() + " at " + fault.file() + ":" + fault.line()));
        }
        refused.keySet().removeAll(copies().keySet());
        return refused;
    }

    /** By the order of files' paths, and in a file from top to bottom. */
    private SortedMap<ObjectRef, List<SourceObject>> copies() {
        SortedMap<ObjectRef, List<SourceObject>> copies = new TreeMap<>();
        files.values().stream()
                .flatMap(file -> file.objects().stream())
                .forEach(object -> copies.computeIfAbsent(object.ref(), _ -> new ArrayList<>())
                        .add(object));
        return copies;
    }
}
