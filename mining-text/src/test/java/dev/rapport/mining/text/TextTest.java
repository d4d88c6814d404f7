package dev.rapport.mining.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.Classifier;
import dev.rapport.mining.RealData;
import dev.rapport.mining.Refusal;
import dev.rapport.mining.Run;
import dev.rapport.mining.Task;
import dev.rapport.mining.evaluate.CrossValidation;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.json.ModelJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final Run RUN = Run.of(1);
    private static final ChineseSegmenter SEGMENTER = new ChineseSegmenter(WordDictionary.chinese());

    @Nested
    class Segmentation {
        private void cut(String text, String... words) {
            assertThat(SEGMENTER.tokens(text)).containsExactly(words);
        }

        @Test
        void cutsAsJiebaDoes() {
            cut("今天天气不错，我们去公园散步吧。", "今天天气", "不错", "，", "我们", "去", "公园", "散步", "吧", "。");
            cut("客户关系管理系统2.0支持iPhone和Android", "客户关系", "管理系统", "2", ".", "0", "支持", "iPhone", "和", "Android");
            cut("乒乓球拍卖完了", "乒乓球", "拍卖", "完", "了");
            cut("结婚的和尚未结婚的", "结婚", "的", "和", "尚未", "结婚", "的");
            cut("C++和C#都是编程语言, e-mail", "C++", "和", "C#", "都", "是", "编程语言", ",", " ", "e", "-", "mail");
            cut("");
        }

        @Test
        void ownWordsWinOverTheirParts() {
            assertThat(SEGMENTER.tokens("瑞普云很好用")).doesNotContain("瑞普云");
            var own = new ChineseSegmenter(WordDictionary.chinese().with(Map.of("瑞普云", 500)));
            assertThat(own.tokens("瑞普云很好用")).startsWith("瑞普云");
        }

        @Test
        void nothingIsLostWhateverTheText() {
            for (String text : List.of("😀好👍\r\n\t全角ＡＢＣ", "\uD83D", "a\u0000b", "𠮷野家", "۱۲۳ मूल्य")) {
                assertThat(String.join("", SEGMENTER.tokens(text))).isEqualTo(text);
            }
        }

        @Test
        @Tag("realdata")
        void cutsEverySentenceOfTwoDataSetsAsPythonJieba() throws Exception {
            same(
                    "zh_hotel/ChnSentiCorp_htl_all.csv",
                    648992,
                    "e6f8ca9ca5bb10fd3bababd8f6a37925c249f67241a4630b258968b2942b0552");
            same(
                    "zh_waimai/waimai_10k.csv",
                    214206,
                    "6d2d9851363879cd461a71818320ac0add351a5870848c50b890f423de09e5a0");
        }

        // the digest of jieba 0.42.1's lcut(text, HMM=False): words parted by U+001F, texts by a line feed
        private void same(String file, int words, String digest) throws Exception {
            var sha = MessageDigest.getInstance("SHA-256");
            int count = 0;
            for (String text : raw(file)) {
                var cut = SEGMENTER.tokens(text);
                count += cut.size();
                sha.update((String.join("\u001f", cut) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            assertThat(count).isEqualTo(words);
            assertThat(HexFormat.of().formatHex(sha.digest())).isEqualTo(digest);
        }
    }

    // as Python's csv module reads them: nothing stripped, nothing taken for missing
    private static List<String> raw(String file) throws Exception {
        var texts = new ArrayList<String>();
        String all = java.nio.file.Files.readString(RealData.file(file)).replace("\uFEFF", "");
        int i = all.indexOf('\n') + 1;
        while (i < all.length()) {
            i = all.indexOf(',', i) + 1;
            var text = new StringBuilder();
            if (i < all.length() && all.charAt(i) == '"') {
                for (i++; ; i++) {
                    char c = all.charAt(i);
                    if (c == '"' && i + 1 < all.length() && all.charAt(i + 1) == '"') i++;
                    else if (c == '"') break;
                    text.append(c);
                }
                i++;
            }
            while (i < all.length() && all.charAt(i) != '\n' && all.charAt(i) != '\r') text.append(all.charAt(i++));
            while (i < all.length() && (all.charAt(i) == '\n' || all.charAt(i) == '\r')) i++;
            texts.add(text.toString());
        }
        return texts;
    }

    private static Frame reviews(String file) throws Exception {
        var frame = RealData.csv(file, ',');
        var texts = new ArrayList<@Nullable String>();
        for (int row = 0; row < frame.rows(); row++)
            texts.add(frame.column("review").written(row));
        return Frame.of(frame.categorical("label"), new Column.Text("review", texts));
    }

    @Test
    @Tag("realdata")
    void answer17SentimentOfChineseReviews() throws Exception {
        var trainer = new TextNaiveBayes(Tokens.CHARACTERS, 1, 2, 1);
        var task = Task.predict("label").from("review");
        var hotel = reviews("zh_hotel/ChnSentiCorp_htl_all.csv");
        assertThat(Arrays.stream(hotel.categorical("label").codes()).sum()).isEqualTo(5322);
        assertThat(hotel.rows()).isEqualTo(7766);
        assertThat(CrossValidation.decide(trainer, hotel, task, 5, RUN).accuracy())
                .isCloseTo(0.870, within(0.01));
        var waimai = reviews("zh_waimai/waimai_10k.csv");
        assertThat(CrossValidation.decide(trainer, waimai, task, 5, RUN).accuracy())
                .isCloseTo(0.873, within(0.01));
    }

    @Test
    @Tag("realdata")
    void answer17IntentsOfBanking77() {
        var train = RealData.csv("banking77/train.csv", ',');
        var test = RealData.csv("banking77/test.csv", ',');
        var learned = TfIdf.learnWithRows(texts(train), Tokens.WORDS, 1, 1);
        // scikit-learn's TfidfVectorizer finds the same terms and weights
        assertThat(learned.tfIdf().terms()).hasSize(2320);
        assertThat(learned.rows().values()).hasSize(102326);
        assertThat(Arrays.stream(learned.rows().values()).sum()).isCloseTo(28976.71967863685, within(1e-6));
        var model = new TextClassification(Tokens.WORDS, 1, 1, 10)
                .fit(train, Task.predict("category").from("text"), RUN);
        int[] decided = model.predict(test);
        var truth = test.categorical("category");
        long right = IntStream.range(0, decided.length)
                .filter(i -> model.classes().get(decided[i]).equals(truth.written(i)))
                .count();
        assertThat(right / (double) decided.length)
                .isCloseTo(0.900974, within(0.001))
                .isGreaterThan(0.8945);
    }

    private static List<String> texts(Frame frame) {
        return frame.text("text").values().stream()
                .map(text -> text == null ? "" : text)
                .toList();
    }

    @Test
    @Tag("realdata")
    void seedListTellsTheToneOfMostReviews() throws Exception {
        var frame = reviews("zh_waimai/waimai_10k.csv");
        var sentiment = Sentiment.standard();
        int right = 0;
        int decided = 0;
        for (int row = 0; row < frame.rows(); row++) {
            double score = sentiment.of(frame.column("review").written(row)).score();
            if (score == 0) continue;
            decided++;
            if (score > 0 == frame.column("label").written(row).equals("1")) right++;
        }
        assertThat(right / (double) decided).isGreaterThan(0.75);
    }

    @Test
    void tfIdfAsScikitLearns() {
        var texts = List.of("the cat sat", "the dog sat on the cat", "birds");
        var tfIdf = TfIdf.learn(texts, Tokens.WORDS, 1, 1);
        assertThat(tfIdf.terms()).containsExactly("birds", "cat", "dog", "on", "sat", "the");
        var rows = tfIdf.rows(texts, Tokens.WORDS);
        // TfidfVectorizer().fit_transform(texts)[1]
        double[] expected = {0.32516555, 0.42755362, 0.42755362, 0.32516555, 0.6503311};
        for (int v = 0; v < 5; v++)
            assertThat(rows.values()[rows.starts()[1] + v]).isCloseTo(expected[v], within(1e-7));
        assertThat(TfIdf.learnWithRows(texts, Tokens.WORDS, 1, 1).rows().width())
                .isEqualTo(6);
        assertThat(TfIdf.learn(texts, Tokens.WORDS, 2, 1).terms()).containsExactly("cat", "sat", "the");
        assertThatThrownBy(() -> TfIdf.learn(List.of(), Tokens.WORDS, 1, 1)).isInstanceOf(Refusal.class);
    }

    @Test
    void keywordsOfChineseAndEnglishComments() {
        var texts = List.of("快递送得太慢，快递员态度差", "味道很好", "Delivery was late, delivery driver rude", "味道不错，很好吃");
        var tfIdf = TfIdf.learn(texts, Tokens.MIXED, 1, 1);
        assertThat(tfIdf.terms()).contains("味道", "delivery", "快递").doesNotContain("was", "很", "，");
        var keywords = tfIdf.keywords(tfIdf.rows(texts.subList(2, 3), Tokens.MIXED), 1);
        assertThat(keywords.get(0).term()).isEqualTo("delivery");
    }

    @Test
    void negationTurnsTheToneWithinItsClause() {
        var sentiment = Sentiment.standard();
        assertThat(sentiment.of("不好吃").score()).isNegative();
        assertThat(sentiment.of("没有失望").score()).isPositive();
        assertThat(sentiment.of("不用等，很好").score()).isPositive();
        assertThat(sentiment.of("I am not happy with the service").score()).isNegative();
        assertThat(sentiment.of("No. It is great!").score()).isPositive();
        assertThat(sentiment.of("").score()).isZero();
        assertThat(sentiment.with(Map.of("yyds", 3.0)).of("yyds").score()).isEqualTo(3);
    }

    @Test
    @Tag("realdata")
    void nearDuplicatesAreFoundAmongRealReviews() throws Exception {
        var texts = new ArrayList<>(raw("zh_hotel/ChnSentiCorp_htl_all.csv").subList(0, 2000));
        texts.add(texts.get(17) + "！！");
        var pairs = NearDuplicates.of(texts, 0.8);
        assertThat(pairs).anyMatch(pair -> pair.first() == 17 && pair.second() == 2000 && pair.likeness() > 0.95);
        assertThat(pairs).allMatch(pair -> pair.likeness() >= 0.8);
    }

    @Test
    void modelsComeBackFromJsonAndExplainThemselves() {
        var frame = Frame.of(
                new Column.Text("text", List.of("card lost", "lost my card", "refund please", "want a refund")),
                Column.categorical("topic", "card", "card", "refund", "refund"));
        var task = Task.predict("topic").from("text");
        for (Classifier model : List.of(
                (Classifier) new TextClassification(Tokens.WORDS, 1, 2, 10).fit(frame, task, RUN),
                new TextNaiveBayes(Tokens.WORDS, 1, 1, 1).fit(frame, task, RUN))) {
            var again = (Classifier) ModelJson.read(model.toJson());
            assertThat(again.probabilities(frame)).isDeepEqualTo(model.probabilities(frame));
            var why = ((dev.rapport.mining.Explainable) model).why(frame, 2);
            assertThat(1 / (1 + Math.exp(-why.score()))).isCloseTo(model.probabilities(frame)[2][1], within(1e-9));
            assertThat(why.parts().get(0).feature()).contains("refund");
            assertThat(model.explanation().text(Locale.SIMPLIFIED_CHINESE)).contains("refund");
        }
        Frame two = frame.with(Column.numeric("n", 1, 2, 3, 4));
        assertThatThrownBy(() ->
                        new TextClassification(Tokens.WORDS, 1, 1, 1).fit(two, task.from(List.of("text", "n")), RUN))
                .isInstanceOf(Refusal.class);
    }
}
