@NullMarked
package dev.rapport.administration.web;

import org.jspecify.annotations.NullMarked;
