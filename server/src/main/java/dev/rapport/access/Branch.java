package dev.rapport.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One way in which a role may let people see records of an object; several add up. */
public enum Branch {
    /** records one owns */
    OWN,
    /** records of the people in one's team, and in the teams one manages */
    TEAM,
    /** records of the people in one's department */
    DEPARTMENT,
    /** the same and of all departments below it */
    BELOW,
    /** records of the territories one belongs to */
    TERRITORY,
    /** records that wait in a public pool one is a member of */
    POOL,
    /** records that belong to a record one sees, such as an account's contacts */
    PARENT,
    /** every record */
    ALL;

    private static final Map<String, Branch> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Branch::code, Function.identity()));
    /** All ways by the owner. */
    static final Set<Branch> BY_OWNER = Set.of(OWN, TEAM, DEPARTMENT, BELOW);

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return null for an unknown code */
    static @org.jspecify.annotations.Nullable Branch of(String code) {
        return BY_CODE.get(code);
    }
}
