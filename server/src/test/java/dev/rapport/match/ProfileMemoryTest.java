package dev.rapport.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProfileMemoryTest {
    private static MatchProfile profile(int i) {
        return MatchProfile.builder()
                .person("欧阳" + i, "娜娜")
                .company(i % 3 == 0 ? "Acme & Sons Ltd " + i : "")
                .email("a.b+x" + i + "@Gmail.com")
                .phone("+86 139 1234 " + (1000 + i % 9000))
                .street(i + " North Street, 35th Floor")
                .city("São Paulo")
                .postcode("AB 12")
                .day(LocalDate.of(1980, 1, 1).plusDays(i % 5000))
                .identifier("ID-" + i)
                .link(new UUID(1, i).toString())
                .build();
    }

    @Test
    void everyProfileComesBackAsItWentIn() {
        try (var memory = new ProfileMemory()) {
            int count = 200_000; // several chunks
            for (int i = 0; i < count; i++) memory.add(new UUID(i / 2, i), profile(i));
            assertThat(memory.size()).isEqualTo(count);
            for (int i = 0; i < count; i += 997)
                assertThat(memory.find(new UUID(i / 2, i))).contains(profile(i));
            assertThat(memory.find(new UUID(5, 5))).isEmpty();
            assertThatThrownBy(() -> memory.add(new UUID(0, 0), profile(0)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEmptyProfileHasNoKeysAndMatchesNothing() {
        var nothing = MatchProfile.builder()
                .person("", "")
                .company(" ")
                .street("")
                .city("")
                .build();
        assertThat(nothing.keys("record")).isEmpty();
        assertThat(MatchScore.of(nothing, nothing).points()).isLessThan(MatchScore.LIKELY);
        assertThat(MatchProfile.decoded(nothing.encoded())).isEqualTo(nothing);
    }

    @Test
    void writingsOfOneNameMeetUnderAKey() {
        var pairs = new ArrayList<MatchProfile[]>();
        pairs.add(new MatchProfile[] {company("杭州云帆科技有限公司"), company("杭州雲帆科技")});
        pairs.add(new MatchProfile[] {company("Müller & Söhne GmbH"), company("MULLER SOHNE")});
        pairs.add(new MatchProfile[] {company("ＡＢＣ　Trading Co., Ltd."), company("abc trading")});
        for (var pair : pairs) {
            assertThat(pair[0].keys("record")).containsAnyOf(pair[1].keys("record"));
            assertThat(MatchScore.of(pair[0], pair[1]).reasons().getFirst().points())
                    .isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void numberedAddressesAndCommonNamesAreNotEnough() {
        var one = MatchProfile.builder()
                .person("韩", "娟")
                .email("user3393@example43.com")
                .build();
        var other = MatchProfile.builder()
                .person("韩", "娟")
                .email("user3394@example43.com")
                .build();
        assertThat(MatchScore.of(one, other).points()).isLessThan(MatchScore.LIKELY);
        assertThat(MatchScore.of(one, one).points()).isGreaterThan(MatchScore.LIKELY);
    }

    private static MatchProfile company(String name) {
        return MatchProfile.builder().company(name).build();
    }
}
