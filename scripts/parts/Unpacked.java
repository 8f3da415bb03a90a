import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar once more without the native libraries in it, and that of this processor into a folder: {@code java Unpacked.java
 * FROM.jar TO.jar FOLDER}. Out of the jar it would be unpacked to be loaded, at each start.
 */
final class Unpacked {
    private static final String NATIVE = "META-INF/native/";

    private Unpacked() {}

    public static void main(String[] paths) throws IOException {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        try (ZipFile from = new ZipFile(paths[0]);
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(Path.of(paths[1])))) {
            List<ZipEntry> files = from.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry.class::cast).toList();
            for (ZipEntry file : files) {
                byte[] content = from.getInputStream(file).readAllBytes();
                if (!file.getName().startsWith(NATIVE)) {
                    to.putNextEntry(new ZipEntry(file.getName()));
                    to.write(content);
                } else if (file.getName().endsWith("-linux-" + processor + ".so")) {
                    Files.write(Path.of(paths[2], file.getName().substring(NATIVE.length())), content);
                }
            }
        }
    }
}
