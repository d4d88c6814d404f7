@NullMarked
package dev.rapport.quality.web;

import org.jspecify.annotations.NullMarked;
