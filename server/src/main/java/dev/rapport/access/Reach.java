package dev.rapport.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What a person's place in the company reaches: whose records, and as whom records may be shared with them.
 *
 * @param id the person
 * @param team the person, everybody in their team, and in the teams they manage
 * @param department the person and everybody in their department
 * @param below the same with all departments below it, and those they manage
 * @param maskedPools pools that hide contact data from the person
 * @param principals the person, their team, departments (up to the root) and groups
 */
record Reach(
        UUID id,
        UUID[] team,
        UUID[] department,
        UUID[] below,
        UUID[] principals,
        UUID[] territories,
        UUID[] pools,
        UUID[] maskedPools)
        implements Terms {
    @Override
    public UUID[] me() {
        return new UUID[] {id};
    }

    @Override
    public UUID[] owners(Set<Branch> branches) {
        var owners = new HashSet<UUID>();
        if (branches.contains(Branch.OWN)) owners.add(id);
        if (branches.contains(Branch.TEAM)) owners.addAll(Arrays.asList(team));
        if (branches.contains(Branch.DEPARTMENT)) owners.addAll(Arrays.asList(department));
        if (branches.contains(Branch.BELOW)) owners.addAll(Arrays.asList(below));
        return owners.stream().sorted().toArray(UUID[]::new);
    }
}
