@NullMarked
package dev.rapport.pool.web;

import org.jspecify.annotations.NullMarked;
