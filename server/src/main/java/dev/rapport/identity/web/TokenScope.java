package dev.rapport.identity.web;

import dev.rapport.identity.Sessions;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;

/**
 * Where a program gets to with its token. What it may do with which records, {@code access} decides from the actor's limits;
 * here it is kept from what no object's rights govern.
 */
final class TokenScope {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** What is about records: all that a token for some objects gets to. */
    private static final List<String> OF_RECORDS =
            List.of("/api/records/", "/api/search", "/api/exports", "/api/imports", "/api/files");

    /** What such a token may look at besides. */
    private static final List<String> FOR_READING = List.of("/api/objects", "/api/batches", "/api/jobs");

    private TokenScope() {}

    /** @throws Refusal 403 if it is beyond these scopes */
    static void require(HttpServletRequest request, Set<String> scopes) {
        boolean unsafe = !SAFE.contains(request.getMethod()) && !onlyReads(request);
        boolean writes = scopes.stream().anyMatch(scope -> scope.equals("write") || scope.startsWith("write:"));
        boolean reaches = !Sessions.isLimited(scopes) || reaches(request);
        if (unsafe && !writes || !reaches) throw Refusal.of(Refusal.Kind.FORBIDDEN, "scope");
    }

    private static boolean reaches(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (OF_RECORDS.stream().anyMatch(path::startsWith)) return true;
        return SAFE.contains(request.getMethod())
                && (path.equals("/api/session") || FOR_READING.stream().anyMatch(path::startsWith));
    }

    /** Questions too long for a query string are asked by POST and change nothing. */
    private static boolean onlyReads(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (!request.getMethod().equals("POST")) return false;
        boolean records = path.startsWith("/api/records/") && (path.endsWith("/query") || path.endsWith("/aggregate"));
        boolean figures = path.startsWith("/api/reports/")
                || path.equals("/api/forecast")
                || path.equals("/api/commissions")
                || path.equals("/api/targets/progress");
        return records || figures;
    }
}
