package io.osmj.objects.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
import java.util.TreeMap;

/** The files of a folder and of the folders in it; names that begin with a dot are left alone, as editors hide theirs so. */
public final class FolderFiles {
    private static final Set<String> ENDINGS = Set.of(".yaml", ".yml", ".json");
    private static final int DEEPEST = 32;

    /** What the names of files with expectations end in; they hold no objects. */
    public static final String EXPECTATIONS = "policy-test.yaml";

    private FolderFiles() {}

    /**
     * The text of each file by its path below the folder, with slashes. A file that goes while it is read is left out.
     *
     * @param folder a folder, or one file
     * @throws IOException if the folder, or anything in it, cannot be read; so that what cannot be read is not taken for deleted
     */
    public static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Path> file : list(folder).entrySet()) {
            text(file.getValue(), texts, file.getKey());
        }
        return texts;
    }

    private static void text(Path file, Map<String, String> texts, String key) throws IOException {
        try {
            texts.put(key, Files.readString(file));
        } catch (CharacterCodingException e) {
            texts.put(key, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            // It was there a moment ago; the next look is without it.
            texts.remove(key);
        }
    }

    /** The files by their path below the folder. */
    public static Map<String, Path> list(Path folder) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        if (Files.isRegularFile(folder)) {
            found.put(folder.getFileName().toString(), folder);
            return found;
        }
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                return hidden(at) && !at.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink() && wanted(file)) {
                    throw new NoSuchFileException(file.toString(), null, "it is a link to nothing");
                }
                if (attributes.isRegularFile() && wanted(file)) {
                    found.put(folder.relativize(file).toString().replace('\\', '/'), file);
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
        return found;
    }

    private static boolean hidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }

    private static boolean wanted(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !hidden(file) && !name.endsWith(EXPECTATIONS) && ENDINGS.stream().anyMatch(name::endsWith);
    }
}
