@NullMarked
package dev.rapport.database;

import org.jspecify.annotations.NullMarked;
