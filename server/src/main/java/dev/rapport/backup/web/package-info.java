@NullMarked
package dev.rapport.backup.web;

import org.jspecify.annotations.NullMarked;
