package dev.rapport.metadata;

import dev.rapport.http.Members;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The types an administrator may choose for a field, by the codes the API uses. */
public final class FieldTypes {
    private static final Pattern CHOICE_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Set<String> COLORS =
            Set.of("gray", "sky", "violet", "indigo", "amber", "green", "pink", "red", "teal");
    private static final int MAX_CHOICES = 1_000;
    private static final int LONGEST = 255;

    private static final Map<String, Function<Members, FieldType<?>>> BY_CODE = Map.ofEntries(
            Map.entry("text", members -> new TextTypes.Text(members.whole("maxLength", LONGEST, 1, LONGEST))),
            Map.entry("encrypted", members -> new EncryptedText()),
            Map.entry("longText", members -> new TextTypes.LongText()),
            Map.entry("richText", members -> new TextTypes.RichText()),
            Map.entry("email", members -> new TextTypes.Email()),
            Map.entry("phone", members -> new TextTypes.Phone()),
            Map.entry("url", members -> new TextTypes.Url()),
            Map.entry("choice", members -> new TextTypes.Choices(choices(members))),
            Map.entry("multiChoice", members -> new TextTypes.MultiChoice(choices(members))),
            Map.entry("tags", members -> new TextTypes.Tags()),
            Map.entry("autoNumber", members -> new TextTypes.AutoNumber(prefix(members))),
            Map.entry("flag", members -> new NumberTypes.Flag()),
            Map.entry("whole", members -> new NumberTypes.Whole()),
            Map.entry("decimal", members -> new NumberTypes.Decimal()),
            Map.entry("percent", members -> new NumberTypes.Percent()),
            Map.entry("money", members -> new NumberTypes.MoneyAmount()),
            Map.entry("date", members -> new TimeTypes.Day()),
            Map.entry("moment", members -> new TimeTypes.Moment()),
            Map.entry("duration", members -> new TimeTypes.Span()),
            Map.entry("address", members -> new CompoundTypes.PostalAddress()),
            Map.entry("personName", members -> new CompoundTypes.FullName()),
            Map.entry("lookup", members -> new LinkTypes.Lookup(target(members))),
            Map.entry("lookups", members -> new LinkTypes.Lookups(target(members))),
            Map.entry("attachment", members -> new LinkTypes.Attachment()));

    private FieldTypes() {}

    public static Set<String> codes() {
        return new TreeSet<>(BY_CODE.keySet());
    }

    /** The type named by the member {@code type}, with the members that this type has; mistakes are added to the members' violations. */
    static FieldType<?> read(Members members) {
        var code = members.oneOf("type", "", BY_CODE.keySet());
        var reader = Optional.ofNullable(BY_CODE.get(code)).orElse(other -> new TextTypes.Text());
        return reader.apply(members);
    }

    private static String target(Members members) {
        return members.text("target");
    }

    private static String prefix(Members members) {
        var prefix = members.optionalText("prefix").orElse("");
        if (prefix.length() > 20) members.violations().add(Violation.of("prefix", "too-long", "max", 20));
        return prefix;
    }

    private static Choice[] choices(Members members) {
        var written = members.list("choices");
        if (written.isEmpty()) members.violations().add(Violation.of("choices", "required"));
        if (written.size() > MAX_CHOICES)
            members.violations().add(Violation.of("choices", "too-many", "max", MAX_CHOICES));
        var choices = new ArrayList<Choice>();
        var codes = new HashSet<String>();
        for (int i = 0; i < written.size(); i++) {
            var choice = choice(members, written.get(i), "choices." + i);
            if (choice == null) continue;
            if (codes.add(choice.code())) choices.add(choice);
            else members.violations().add(Violation.of("choices." + i + ".code", "repeated-code"));
        }
        return choices.toArray(Choice[]::new);
    }

    private static @Nullable Choice choice(Members owner, JsonNode node, String at) {
        if (!node.isObject()) {
            owner.violations().add(Violation.of(at, "object-expected"));
            return null;
        }
        var members = Members.of(node);
        var code = members.text("code");
        if (!code.isBlank() && !CHOICE_CODE.matcher(code).matches())
            members.violations().add(Violation.of("code", "choice-code"));
        var labels = labels(members, "labels");
        var color = members.oneOf("color", "gray", COLORS);
        return refused(owner, members, at) ? null : new Choice(code, labels, color);
    }

    /** Both languages of a label; one that is missing is taken from the other. */
    static Labels labels(Members owner, String name) {
        var node = owner.member(name).orElse(null);
        if (node == null || !node.isObject()) {
            owner.violations().add(Violation.of(name, node == null ? "required" : "object-expected"));
            return new Labels("", "");
        }
        var members = Members.of(node);
        var en = label(members, "en");
        var zh = label(members, "zh-CN");
        if (en.isEmpty() && zh.isEmpty()) members.violations().add(Violation.of("en", "required"));
        refused(owner, members, name);
        return new Labels(en.isEmpty() ? zh : en, zh.isEmpty() ? en : zh);
    }

    private static String label(Members members, String language) {
        var text = members.optionalText(language).map(String::strip).orElse("");
        if (text.length() > 200) members.violations().add(Violation.of(language, "too-long", "max", 200));
        return text;
    }

    /** Whether a nested object had mistakes; they are told under {@code at}. */
    static boolean refused(Members owner, Members nested, String at) {
        List<Violation> found = List.of();
        try {
            nested.done();
        } catch (Refusal refusal) {
            found = refusal.violations();
        }
        found.forEach(violation -> owner.violations().add(violation.under(at)));
        return !found.isEmpty();
    }
}
