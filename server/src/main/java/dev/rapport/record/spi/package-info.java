@NullMarked
@NamedInterface("spi")
package dev.rapport.record.spi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
