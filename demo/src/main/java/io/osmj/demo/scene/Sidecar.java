package io.osmj.demo.scene;

import io.osmj.demo.program.Program;
import java.nio.file.Path;

/**
 * An Envoy beside an application.
 *
 * @param program its process
 * @param adminSocket where it answers about itself
 */
record Sidecar(Program program, Path adminSocket) {}
