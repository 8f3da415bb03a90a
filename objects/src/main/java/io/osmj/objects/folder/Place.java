package io.osmj.objects.folder;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an object stands.
 *
 * @param file path below the folder, with slashes
 * @param line of the object's first field
 * @param lines the line of each field by its path, as {@code spec.rules[0].name}; a key with a dot or a slash stands in
 *     brackets
 */
record Place(String file, int line, Map<String, Integer> lines) {
    Place {
        lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    /** The line of a field, or of the innermost field around it that is there. */
    int lineOf(String field) {
        String path = field;
        while (!path.isEmpty()) {
            Integer found = lines.get(path);
            if (found != null) {
                return found;
            }
            path = outer(path);
        }
        return line;
    }

    /** A bracket may hold dots, so it is cut off as a whole. */
    private static String outer(String path) {
        int cut = path.endsWith("]") ? path.lastIndexOf('[') : path.lastIndexOf('.');
        return path.substring(0, Math.max(cut, 0));
    }

    /** The path of a field of a map. */
    static String field(String path, String key) {
        if (key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
            return path + "[" + key + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
