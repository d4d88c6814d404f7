@NullMarked
package dev.rapport.record.web;

import org.jspecify.annotations.NullMarked;
