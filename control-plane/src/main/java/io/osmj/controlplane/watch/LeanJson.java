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
 * Reads objects without what the mesh looks at in none of them: who wrote which field ({@code metadata.managedFields}), which is often
 * more than the object itself, and most of a pod. The client makes a tree of each object and an object of the tree; what is passed over
 * here is in neither.
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
        private static final Place CONTAINERS = new Place(Place::ofContainer);
        private static final Place STATUS = new Place(Place::ofStatus);
        private static final Place SPEC = new Place(Place::ofSpec);
        private static final Place METADATA = new Place(Place::ofMetadata);
        private static final Place ANY_OBJECT = new Place(Place::ofObject);

        private final Inside inside;

        private interface Inside {
            @Nullable
            TokenFilter of(String name);
        }

        private Place(Inside inside) {
            this.inside = inside;
        }

        @Override
        public @Nullable TokenFilter includeProperty(String name) {
            return inside.of(name);
        }

        /** A list of objects is one, and so is the event that brings one. */
        private static TokenFilter ofObject(String name) {
            return switch (name) {
                case "metadata" -> METADATA;
                case "spec" -> SPEC;
                case "status" -> STATUS;
                case "object", "items" -> ANY_OBJECT;
                default -> INCLUDE_ALL;
            };
        }

        private static @Nullable TokenFilter ofMetadata(String name) {
            return name.equals("managedFields") ? null : INCLUDE_ALL;
        }

        /** Of the kinds that the mesh reads only a pod has fields of these names here. */
        private static @Nullable TokenFilter ofSpec(String name) {
            return switch (name) {
                case "containers", "initContainers" -> CONTAINERS;
                case "ephemeralContainers", "volumes", "tolerations", "affinity", "securityContext" -> null;
                default -> INCLUDE_ALL;
            };
        }

        private static @Nullable TokenFilter ofContainer(String name) {
            return name.equals("name") || name.equals("args") ? INCLUDE_ALL : null;
        }

        private static @Nullable TokenFilter ofStatus(String name) {
            return switch (name) {
                case "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses" -> null;
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
