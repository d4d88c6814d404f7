@NullMarked
package dev.rapport.privacy.web;

import org.jspecify.annotations.NullMarked;
