package io.osmj.objects.folder;

/** JSON pointers (RFC 6901) in the notation of problems. */
final class Pointers {
    private Pointers() {}

    /** {@code /spec/rules/0/name} as {@code spec.rules[0].name}. A key of digits only is taken for an index. */
    static String path(String pointer) {
        String path = "";
        for (String step : pointer.split("/", -1)) {
            String key = step.replace("~1", "/").replace("~0", "~");
            if (key.isEmpty()) {
                continue;
            }
            path = key.chars().allMatch(Character::isDigit) ? path + "[" + key + "]" : Place.field(path, key);
        }
        return path;
    }
}
