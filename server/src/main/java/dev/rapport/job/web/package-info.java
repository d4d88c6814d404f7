@NullMarked
package dev.rapport.job.web;

import org.jspecify.annotations.NullMarked;
