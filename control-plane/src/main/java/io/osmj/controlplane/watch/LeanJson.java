package io.osmj.controlplane.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.databind.MappingJsonFactory;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects without {@code metadata.managedFields}: who wrote which field is often more than the object itself, and the mesh
 * looks at none of it. The client makes a tree of each object and an object of the tree; what is passed over here is in neither.
 */
final class LeanJson extends MappingJsonFactory {
    private static final long serialVersionUID = 1L;

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        return new FilteringParserDelegate(
                super._createParser(in, context), Place.ANY_OBJECT, Inclusion.INCLUDE_ALL_AND_PATH, true);
    }

    /** Where the parser is. Maps that people fill are never looked into: a label may have any name. */
    private static final class Place extends TokenFilter {
        private static final Place METADATA = new Place();
        private static final Place ANY_OBJECT = new Place();

        @Override
        public @Nullable TokenFilter includeProperty(String name) {
            return this == METADATA ? ofMetadata(name) : ofObject(name);
        }

        private static @Nullable TokenFilter ofMetadata(String name) {
            return name.equals("managedFields") ? null : INCLUDE_ALL;
        }

        /** An object, a list of them, or the event that brings one. */
        private static TokenFilter ofObject(String name) {
            return switch (name) {
                case "metadata" -> METADATA;
                case "object", "items" -> ANY_OBJECT;
                default -> INCLUDE_ALL;
            };
        }

        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return true;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }

        @Override
        protected boolean _includeScalar() {
            return true;
        }
    }
}
