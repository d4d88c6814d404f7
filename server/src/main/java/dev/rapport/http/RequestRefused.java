package dev.rapport.http;

import dev.rapport.kernel.Actor;

/** Somebody signed in asked for what their roles do not allow. */
public record RequestRefused(Actor actor, String code, String method, String path) {}
