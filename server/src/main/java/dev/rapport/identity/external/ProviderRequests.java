package dev.rapport.identity.external;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import dev.rapport.outbound.Outbound;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets the library of OpenID Connect speak to the provider through the one gate. */
final class ProviderRequests implements HTTPRequestSender, ResourceRetriever {
    private final Outbound outbound;

    ProviderRequests(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        var headers = new TreeMap<String, String>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        var body = request.getBody();
        var answer = outbound.send(new Outbound.Request(
                request.getMethod().name(),
                request.getURI(),
                headers,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8)));
        var response = new HTTPResponse(answer.status());
        answer.headers().forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
        response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        var answer = outbound.send(new Outbound.Request(
                "GET", URI.create(address.toString()), Map.of("Accept", "application/json"), null));
        if (answer.status() != 200) throw new IOException(address + " answers with status " + answer.status());
        var type = answer.headers().getOrDefault("content-type", List.of("")).getFirst();
        return new Resource(new String(answer.body(), StandardCharsets.UTF_8), type);
    }
}
