import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar once more with those of its classes alone that others need: {@code java Needed.java FROM.jar TO.jar USER.jar...}.
 * Needed is whatever a word in the constants of a needed class names, be it a type, a signature or a text: rather too much than
 * too little. For generated code, which loads nothing by names it puts together.
 */
final class Needed {
    private static final String CLASS = ".class";
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\w/$.]+");

    private final Map<String, byte[]> classes;
    private final Set<String> kept = new HashSet<>();
    private final Deque<byte[]> unread = new ArrayDeque<>();

    private Needed(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    public static void main(String[] paths) throws IOException {
        var needed = new Needed(classes(paths[0]));
        for (String user : Arrays.asList(paths).subList(2, paths.length)) {
            needed.unread.addAll(classes(user).values());
        }
        needed.follow();
        needed.write(Path.of(paths[1]));
    }

    private static Map<String, byte[]> classes(String jar) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar)) {
            for (ZipEntry entry : zip.stream().filter(file -> file.getName().endsWith(CLASS)).toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    String file = entry.getName();
                    classes.put(file.substring(0, file.length() - CLASS.length()), content.readAllBytes());
                }
            }
        }
        return classes;
    }

    private void follow() {
        while (!unread.isEmpty()) {
            for (PoolEntry constant : ClassFile.of().parse(unread.remove()).constantPool()) {
                if (constant instanceof Utf8Entry text) {
                    BETWEEN_WORDS.splitAsStream(text.stringValue()).forEach(this::keep);
                }
            }
        }
    }

    /** A word is a name, or a name behind the letter that begins one in a signature. */
    private void keep(String word) {
        String name = word.replace('.', '/');
        for (String candidate : new String[] {name, name.isEmpty() ? name : name.substring(1)}) {
            if (classes.containsKey(candidate) && kept.add(candidate)) {
                unread.add(classes.get(candidate));
            }
        }
    }

    private void write(Path to) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                if (kept.contains(entry.getKey())) {
                    ZipEntry copy = new ZipEntry(entry.getKey() + CLASS);
                    copy.setTime(0);
                    out.putNextEntry(copy);
                    out.write(entry.getValue());
                }
            }
        }
    }
}
