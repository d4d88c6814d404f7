package dev.rapport.job;

import dev.rapport.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** Jobs as the API shows them. */
public final class JobView {
    private JobView() {}

    /** The job as the API shows it. */
    public static ObjectNode of(Job job) {
        var node = Json.object();
        node.put("id", job.id().toString());
        node.put("kind", job.kind());
        node.put("state", job.state());
        node.put("done", job.done());
        node.put("total", job.total());
        var subject = job.subject();
        node.put("subject", subject == null ? null : subject.toString());
        node.set("result", job.result());
        node.put("error", job.error());
        node.put("createdAt", job.createdAt().toString());
        var finished = job.finishedAt();
        node.put("finishedAt", finished == null ? null : finished.toString());
        return node;
    }
}
