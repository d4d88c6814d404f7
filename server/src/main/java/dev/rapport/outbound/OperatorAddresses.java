package dev.rapport.outbound;

import java.net.URI;
import java.util.List;

/** Addresses that the operator named: they alone may lie within the company's network and be spoken to without TLS. */
public interface OperatorAddresses {
    /** With scheme, host and port; the path does not matter. */
    List<URI> addresses();
}
