@NullMarked
package dev.rapport.http;

import org.jspecify.annotations.NullMarked;
