package dev.rapport.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** What conditions on rows compare with: the values of one person, or placeholders that stand for anybody's. */
interface Terms {
    UUID[] me();

    /** All owners whose records these branches reach. */
    UUID[] owners(Set<Branch> branches);

    UUID[] principals();

    UUID[] territories();

    UUID[] pools();

    /** Pools that hide contact data. */
    UUID[] maskedPools();

    /** Placeholders: arrays that hold nobody, so that a statement which is not filled finds nothing. */
    final class Placeholders implements Terms {
        static final Placeholders INSTANCE = new Placeholders();

        private static final int ME = 32;
        private static final int PRINCIPALS = 33;
        private static final int TERRITORIES = 34;
        private static final int POOLS = 35;
        private static final int MASKED_POOLS = 36;

        private Placeholders() {}

        private static UUID[] place(int number) {
            return new UUID[] {new UUID(0, number)};
        }

        @Override
        public UUID[] me() {
            return place(ME);
        }

        @Override
        public UUID[] owners(Set<Branch> branches) {
            int mask = 0;
            for (var branch : branches) mask |= 1 << branch.ordinal();
            return place(mask);
        }

        @Override
        public UUID[] principals() {
            return place(PRINCIPALS);
        }

        @Override
        public UUID[] territories() {
            return place(TERRITORIES);
        }

        @Override
        public UUID[] pools() {
            return place(POOLS);
        }

        @Override
        public UUID[] maskedPools() {
            return place(MASKED_POOLS);
        }

        /** @return {@code value} itself if it is no placeholder */
        static Object filled(Object value, Terms terms) {
            if (!(value instanceof UUID[] ids) || ids.length != 1 || ids[0].getMostSignificantBits() != 0) return value;
            int number = (int) ids[0].getLeastSignificantBits();
            return switch (number) {
                case ME -> terms.me();
                case PRINCIPALS -> terms.principals();
                case TERRITORIES -> terms.territories();
                case POOLS -> terms.pools();
                case MASKED_POOLS -> terms.maskedPools();
                default -> number > 0 && number < ME ? terms.owners(branches(number)) : value;
            };
        }

        private static Set<Branch> branches(int mask) {
            var branches = EnumSet.noneOf(Branch.class);
            for (var branch : Branch.values()) if ((mask & 1 << branch.ordinal()) != 0) branches.add(branch);
            return branches;
        }
    }
}
