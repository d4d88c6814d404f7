@NullMarked
package dev.rapport.job;

import org.jspecify.annotations.NullMarked;
