package io.osmj.xds.serve;

import io.osmj.xds.resource.ResourceType;

/** A name of a type that a client asks for, or has asked for. */
record AskedName(ResourceType type, String name) {}
