@NullMarked
package dev.rapport.identity.web;

import org.jspecify.annotations.NullMarked;
