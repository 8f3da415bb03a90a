import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes the names of local variables out of jars: {@code java Nameless.java JAR...}. Only debuggers read them; loaded classes hold
 * them in memory. Numbers of lines stay, so that a stack trace says where.
 *
 * <p>All else of a class is copied as it is, its stack maps too: whoever writes code anew has to compute those, for which every
 * class that a method mentions has to be there. The format is that of the Java Virtual Machine Specification, chapter 4.
 */
final class Nameless {
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final Set<String> LEFT_OUT = Set.of("LocalVariableTable", "LocalVariableTypeTable");

    private final DataInputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private String[] words = {};

    private Nameless(byte[] type) {
        in = new DataInputStream(new ByteArrayInputStream(type));
    }

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            Path nameless = Path.of(jar + ".nameless");
            write(jar, nameless);
            Files.move(nameless, Path.of(jar), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(String from, Path to) throws IOException {
        try (ZipFile jar = new ZipFile(from);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry : jar.stream().toList()) {
                try (InputStream content = jar.getInputStream(entry)) {
                    byte[] file = content.readAllBytes();
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    out.write(entry.getName().endsWith(".class") ? new Nameless(file).rewritten() : file);
                }
            }
        }
    }

    private byte[] rewritten() throws IOException {
        copy(8);
        constants();
        copy(6);
        copy(2 * count());
        for (int members = 0; members < 2; members++) { // fields, then methods
            for (int left = count(); left > 0; left--) {
                copy(6);
                attributes(in, out);
            }
        }
        attributes(in, out);
        return bytes.toByteArray();
    }

    private void constants() throws IOException {
        words = new String[count()];
        for (int index = 1; index < words.length; index++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> {
                    byte[] word = new byte[count()];
                    in.readFully(word);
                    out.write(word);
                    words[index] = new String(word, StandardCharsets.UTF_8);
                }
                case 7, 8, 16, 19, 20 -> copy(2);
                case 15 -> copy(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> copy(4);
                case LONG, DOUBLE -> {
                    copy(8);
                    index++; // these take two places
                }
                default -> throw new IOException("a constant of kind " + tag);
            }
        }
    }

    private int count() throws IOException {
        int count = in.readUnsignedShort();
        out.writeShort(count);
        return count;
    }

    private void copy(int length) throws IOException {
        byte[] part = new byte[length];
        in.readFully(part);
        out.write(part);
    }

    /** Copies a list of attributes but for those that are left out, wherever they stand. */
    private void attributes(DataInputStream from, DataOutputStream to) throws IOException {
        int kept = 0;
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        DataOutputStream all = new DataOutputStream(list);
        for (int left = from.readUnsignedShort(); left > 0; left--) {
            int name = from.readUnsignedShort();
            byte[] content = new byte[from.readInt()];
            from.readFully(content);
            if (LEFT_OUT.contains(words[name])) {
                continue;
            }
            if (words[name].equals("Code")) {
                content = code(content);
            }
            all.writeShort(name);
            all.writeInt(content.length);
            all.write(content);
            kept++;
        }
        to.writeShort(kept);
        list.writeTo(to);
    }

    private byte[] code(byte[] content) throws IOException {
        DataInputStream from = new DataInputStream(new ByteArrayInputStream(content));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(whole);
        to.writeInt(from.readInt()); // most on the stack, most locals
        byte[] instructions = new byte[from.readInt()];
        from.readFully(instructions);
        to.writeInt(instructions.length);
        to.write(instructions);
        int handlers = from.readUnsignedShort();
        to.writeShort(handlers);
        byte[] table = new byte[8 * handlers];
        from.readFully(table);
        to.write(table);
        attributes(from, to);
        return whole.toByteArray();
    }
}
