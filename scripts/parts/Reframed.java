import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar once more with its classes in the format of today: {@code java Reframed.java FROM.jar TO.jar}. Classes in a format
 * before Java 6 have no stack maps, and without these no AOT cache takes them: they would be read and checked at each start.
 */
final class Reframed {
    private static final int WITH_STACK_MAPS = 52;

    private Reframed() {}

    public static void main(String[] paths) throws IOException {
        Path from = Path.of(paths[0]);
        try (ZipFile jar = new ZipFile(from.toFile());
                URLClassLoader loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(Path.of(paths[1])))) {
            ClassFile format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
            for (ZipEntry entry : jar.stream().toList()) {
                try (InputStream content = jar.getInputStream(entry)) {
                    byte[] bytes = content.readAllBytes();
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    out.write(entry.getName().endsWith(".class") ? reframed(format, bytes) : bytes);
                }
            }
        }
    }

    private static byte[] reframed(ClassFile format, byte[] bytes) {
        ClassModel model = format.parse(bytes);
        if (model.majorVersion() >= WITH_STACK_MAPS) {
            return bytes;
        }
        // Only a body that is written anew gets stack maps.
        ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeBuilder::with);
        ClassTransform version = ClassTransform.dropping(ClassFileVersion.class::isInstance)
                .andThen(ClassTransform.endHandler(builder -> builder.withVersion(WITH_STACK_MAPS, 0)));
        return format.transformClass(model, bodies.andThen(version));
    }
}
