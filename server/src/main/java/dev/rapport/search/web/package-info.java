/** The search over HTTP. */
@NullMarked
package dev.rapport.search.web;

import org.jspecify.annotations.NullMarked;
