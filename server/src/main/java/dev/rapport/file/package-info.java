@NullMarked
package dev.rapport.file;

import org.jspecify.annotations.NullMarked;
