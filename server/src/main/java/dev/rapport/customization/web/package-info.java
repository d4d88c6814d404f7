@NullMarked
package dev.rapport.customization.web;

import org.jspecify.annotations.NullMarked;
