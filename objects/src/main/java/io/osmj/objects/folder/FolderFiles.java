package io.osmj.objects.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The files of a folder and of the folders in it; names that begin with a dot are left alone, as editors hide theirs so. */
public final class FolderFiles {
    private static final Set<String> ENDINGS = Set.of(".yaml", ".yml", ".json");
    private static final int DEEPEST = 32;

    /** What the names of files with expectations end in; they hold no objects. */
    public static final String EXPECTATIONS = "policy-test.yaml";

    /** Which files are read, in words. */
    public static final String WANTED =
            "whose names end in .yaml, .yml or .json, but not in " + EXPECTATIONS + ", and do not begin with a dot";

    private final Path folder;
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();

    private FolderFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * What is in the files, each by its path below the folder, with slashes.
     *
     * @param texts of the files that can be read
     * @param faults why the others cannot, in words
     */
    public record Contents(Map<String, String> texts, Map<String, String> faults) {}

    /**
     * Reads all files. One that goes while it is read is left out.
     *
     * @param folder a folder, or one file
     * @throws IOException if the folder, or one in it, cannot be looked into; so that what may be there is not taken for deleted
     */
    public static Contents read(Path folder) throws IOException {
        FolderFiles files = new FolderFiles(folder);
        if (Files.isRegularFile(folder)) {
            files.read(folder.getFileName().toString(), folder);
        } else {
            files.walk();
        }
        return new Contents(files.texts, files.faults);
    }

    private void read(String key, Path file) {
        try {
            texts.put(key, text(file));
        } catch (NoSuchFileException e) {
            // It was there a moment ago; the next look is without it.
            texts.remove(key);
        } catch (AccessDeniedException e) {
            faults.put(key, "permission is denied");
        } catch (IOException e) {
            faults.put(key, Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        }
    }

    private void walk() throws IOException {
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                return hidden(at) && !at.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink() && wanted(file)) {
                    faults.put(key(file), "it is a link to nothing");
                } else if (attributes.isRegularFile() && wanted(file)) {
                    read(key(file), file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                boolean harmless = e instanceof NoSuchFileException || e instanceof FileSystemLoopException;
                if (file.equals(folder) || !(harmless || hidden(file))) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private String key(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static boolean hidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !hidden(file) && !name.endsWith(EXPECTATIONS) && ENDINGS.stream().anyMatch(name::endsWith);
    }
}
