@NullMarked
package dev.rapport.demo.web;

import org.jspecify.annotations.NullMarked;
