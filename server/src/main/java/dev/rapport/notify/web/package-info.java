@NullMarked
package dev.rapport.notify.web;

import org.jspecify.annotations.NullMarked;
