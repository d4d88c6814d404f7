package dev.rapport.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {
    private static String key(String... names) {
        var key = new SearchText.Key();
        for (var name : names) key.add(name, true);
        return key.text();
    }

    @ParameterizedTest
    @CsvSource({
        "张三, zhangsan",
        "张三, zs",
        "张三丰, zsf",
        "欧阳修, ouyangxiu",
        "欧阳修, oyx",
        "吕布, lvbu",
        // characters of several readings: a surname and a plain word, a bank and a walk
        "单田芳, shantianfang",
        "单田芳, dantianfang",
        "重庆银行, chongqingyinhang",
        "曾国藩, zengguofan",
        "仇英, qiuying"
    })
    void namesAreTypedInPinyin(String name, String typed) {
        assertThat(key(name)).contains(" " + typed);
    }

    @Test
    void everyPairOfChineseCharactersStartsAWord() {
        assertThat(key("北京字节跳动")).contains(" 北京", " 京字", " 字节", " 节跳", " 跳动", " 动");
    }

    @Test
    void widthCaseAndSpacesAreOne() {
        assertThat(key("ＡＢＣ　Ｌｔｄ")).startsWith(" abc ltd");
        assertThat(SearchText.options("ＡＢＣ  Ltd")).containsExactly(List.of("abc", "ltd"));
    }

    @Test
    void aTextInLatinLettersIsKeptAsItIs() {
        assertThat(key("Ada Lovelace", "ada@example.com")).isEqualTo(" ada lovelace\n ada@example.com\n");
    }

    @ParameterizedTest
    @CsvSource({
        "138 0013 8000, 13800138000",
        "138-0013-8000, 13800138000",
        "(020) 7946 0958, 2079460958",
        "+44 20 7946 0958, 442079460958"
    })
    void digitsWithSeparatorsAreAPhoneToo(String typed, String digits) {
        assertThat(SearchText.options(typed)).contains(List.of(digits));
    }

    @Test
    void aNumberThatIsNoPhoneIsLookedForAsItStands() {
        assertThat(SearchText.options("2024-001").getFirst()).containsExactly("2024-001");
        assertThat(SearchText.options("ORD-000042")).containsExactly(List.of("ord-000042"));
        assertThat(SearchText.options("   ")).isEmpty();
    }

    @Test
    void aLongTextCostsNoPinyinAndABoundedKey() {
        var key = new SearchText.Key();
        key.add("张".repeat(100_000), false);
        assertThat(key.text().length()).isLessThan(13_000);
    }

    @Test
    void pinyinIsFoundWhereItStands() {
        assertThat(Pinyin.end("张三丰", 0, "zhangsan")).isEqualTo(2);
        assertThat(Pinyin.end("张三丰", 0, "zsf")).isEqualTo(3);
        assertThat(Pinyin.end("张三丰", 1, "sanf")).isEqualTo(3);
        assertThat(Pinyin.end("张三丰", 0, "zx")).isEqualTo(-1);
        assertThat(Pinyin.end("Ada", 0, "a")).isEqualTo(-1);
    }
}
