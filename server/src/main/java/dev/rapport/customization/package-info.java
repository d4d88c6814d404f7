/** What administrators make of the product: objects, fields, layouts, rules. Definitions are checked, kept and carried out here. */
@NullMarked
package dev.rapport.customization;

import org.jspecify.annotations.NullMarked;
