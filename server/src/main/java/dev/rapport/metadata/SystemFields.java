package dev.rapport.metadata;

import static dev.rapport.metadata.Field.field;

import dev.rapport.kernel.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fields that every object has, set by the engine alone — but for the owner, whom people choose. */
public final class SystemFields {
    public static final Field<RecordId> OWNER =
            field("owner", new LinkTypes.Lookup("user"), "Owner", "负责人", Trait.FILTERABLE);
    public static final Field<Instant> CREATED_AT = field(
            "createdAt",
            new TimeTypes.Moment(),
            "Created",
            "创建时间",
            Trait.READ_ONLY,
            Trait.NO_HISTORY,
            Trait.FILTERABLE);
    public static final Field<RecordId> CREATED_BY =
            field("createdBy", new LinkTypes.Lookup("user"), "Created by", "创建人", Trait.READ_ONLY, Trait.NO_HISTORY);
    public static final Field<Instant> UPDATED_AT = field(
            "updatedAt",
            new TimeTypes.Moment(),
            "Updated",
            "更新时间",
            Trait.READ_ONLY,
            Trait.NO_HISTORY,
            Trait.FILTERABLE);
    public static final Field<RecordId> UPDATED_BY =
            field("updatedBy", new LinkTypes.Lookup("user"), "Updated by", "更新人", Trait.READ_ONLY, Trait.NO_HISTORY);

    static final List<Field<?>> ALL = List.of(OWNER, CREATED_AT, CREATED_BY, UPDATED_AT, UPDATED_BY);
    static final Set<String> NAMES = ALL.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());

    private SystemFields() {}
}
