/** Mails to customers: records that are sent by the operator's mail server. */
@NullMarked
package dev.rapport.mail;

import org.jspecify.annotations.NullMarked;
