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
        "仇英, qiuying",
        // whoever is known by a given name, a firm by what it does
        "嵇康琴, kangqin",
        "青岛科技有限公司, kejiyouxian"
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
    void theKeyIsTheTextAndBehindItItsWords() {
        assertThat(key("Ada Lovelace", "ada@mail.example.com"))
                .isEqualTo(" ada lovelace\n ada@mail.example.com\n\n ada lovelace ada@mail.example.com mail.example.com"
                        + " example.com");
        assertThat(words("(Jean-Luc) O'Brien.")).containsExactly("jean-luc", "luc", "o'brien", "brien");
        assertThat(words("+8613800138000")).containsExactly("8613800138000", "13800138000");
        assertThat(words("+12025550123")).containsExactly("12025550123", "2025550123");
        assertThat(words("+353861234567")).containsExactly("353861234567", "861234567");
        assertThat(words("科技abc")).contains("abc", "科技");
        assertThat(words("--- … !")).isEmpty();
    }

    private static List<String> words(String value) {
        var key = key(value);
        int from = key.indexOf(SearchText.WORDS_FROM);
        return from < 0
                ? List.of()
                : List.of(key.substring(from + SearchText.WORDS_FROM.length()).split(" "));
    }

    @Test
    void whatIsTypedIsLookedForAtTheStartOfWords() {
        assertThat(SearchText.terms("ada")).containsExactly("ada*");
        assertThat(SearchText.terms("+86138")).containsExactly("86138*");
        assertThat(SearchText.terms("@example.com")).containsExactly("example.com*");
        assertThat(SearchText.terms("张")).containsExactly("张*");
        assertThat(SearchText.terms("科技有")).containsExactly("科技", "技有");
        assertThat(SearchText.terms("%%")).isEmpty();
    }

    @Test
    void signsAloneAreNotLookedForInsideWords() {
        assertThat(List.of("''''", "----", "%%%", "&", "a&b")).noneMatch(SearchText::isIndexed);
        assertThat(List.of("abc", "x@abc", "a", "zs", "张", "张三丰", "123")).allMatch(SearchText::isIndexed);
    }

    /** Every word of a value is found by any start of it: what the index promises. */
    @ParameterizedTest
    @CsvSource({"Ada Lovelace", "ada@mail.example.com", "Jean-Luc", "北京字节跳动", "张三", "3M Company", "Ünïcode Straße"})
    void everyStartOfAWordIsAmongTheWords(String value) {
        var words = words(value);
        for (var word : SearchText.normalised(value).split(" "))
            for (int end = 1; end <= word.length(); end++)
                for (var term : SearchText.terms(word.substring(0, end)))
                    assertThat(words)
                            .as(term)
                            .anyMatch(each -> term.endsWith("*")
                                    ? each.startsWith(term.substring(0, term.length() - 1))
                                    : each.equals(term));
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
