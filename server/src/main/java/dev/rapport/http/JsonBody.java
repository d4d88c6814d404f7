package dev.rapport.http;

import tools.jackson.databind.JsonNode;

/** The strictly parsed JSON body of a request, as a controller's argument. */
public record JsonBody(JsonNode node) {
    public Members members() {
        return Members.of(node);
    }
}
