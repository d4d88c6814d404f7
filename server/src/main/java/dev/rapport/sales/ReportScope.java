package dev.rapport.sales;

import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.record.Figures;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For whom and what a report is made.
 *
 * @param today the actor's day
 * @param from first day; null for all that lies before
 * @param to last day; null for all that lies after
 */
public record ReportScope(
        Actor actor,
        Figures figures,
        LocalDate today,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable RecordId owner,
        @Nullable RecordId team,
        @Nullable RecordId pipeline) {

    /** Reads {@code {"from"?, "to"?, "owner"?, "team"?, "pipeline"?}}. @throws dev.rapport.kernel.Refusal 422 with every mistake */
    static ReportScope read(Actor actor, Figures figures, LocalDate today, JsonNode body) {
        var members = Members.of(body);
        var from = day(members, "from");
        var to = day(members, "to");
        var owner = id(members, "owner");
        var team = id(members, "team");
        var pipeline = id(members, "pipeline");
        if (from != null && to != null && to.isBefore(from))
            members.violations().add(Violation.of("to", "before-begin"));
        members.done();
        return new ReportScope(actor, figures, today, from, to, owner, team, pipeline);
    }

    private static @Nullable LocalDate day(Members members, String name) {
        var text = members.optionalText(name).orElse(null);
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            members.violations().add(Violation.of(name, "date"));
            return null;
        }
    }

    private static @Nullable RecordId id(Members members, String name) {
        var text = members.optionalText(name).orElse(null);
        if (text == null || text.isBlank()) return null;
        var id = RecordId.parse(text).orElse(null);
        if (id == null) members.violations().add(Violation.of(name, "id"));
        return id;
    }

    ReportScope during(LocalDate first, LocalDate last) {
        return new ReportScope(actor, figures, today, first, last, owner, team, pipeline);
    }

    /** Deals of these people and this pipeline, whenever. */
    Question deals() {
        var question = Question.about("opportunity").where(people("owner"));
        if (pipeline != null) question.where("pipeline", "eq", pipeline);
        return question;
    }

    /** Deals closed in the period with this status. @param status won, lost or null for both */
    Question closed(@Nullable String status) {
        var question = deals().during("closeDate", from, to);
        return status == null
                ? question.where("status", "in", List.of("won", "lost"))
                : question.where("status", "eq", status);
    }

    Question open() {
        return deals().where("status", "eq", "open");
    }

    /** Records of {@code object} of these people whose {@code at} lies in the period. */
    Question records(String object, String at) {
        return Question.about(object).where(people("owner")).during(at, from, to);
    }

    List<ObjectNode> people(String field) {
        var conditions = new ArrayList<ObjectNode>();
        if (owner != null) conditions.add(Question.condition(field, "eq", owner));
        if (team != null) conditions.add(Question.condition(field + ".team", "eq", team));
        return conditions;
    }

    List<Figures.Group> ask(Question question) {
        return question.ask(actor, figures);
    }

    /** The only group of a question without groups. */
    Figures.Group figure(Question question) {
        var groups = ask(question);
        return groups.isEmpty() ? new Figures.Group(List.of(), java.util.Map.of()) : groups.getFirst();
    }

    LocalDate fromOr(LocalDate usual) {
        return Objects.requireNonNullElse(from, usual);
    }

    LocalDate toOr(LocalDate usual) {
        return Objects.requireNonNullElse(to, usual);
    }
}
