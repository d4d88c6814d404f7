package dev.rapport.outbound;

import java.io.IOException;

/** A request that may not leave; its text is for the log, and never for whoever caused the request. */
public final class OutboundRefused extends IOException {
    OutboundRefused(String reason) {
        super(reason);
    }
}
