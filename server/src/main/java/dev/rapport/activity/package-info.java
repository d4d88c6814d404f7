@NullMarked
package dev.rapport.activity;

import org.jspecify.annotations.NullMarked;
