package dev.rapport.sales;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.rapport.customer.Account;
import dev.rapport.customer.Contact;
import dev.rapport.file.FileStore;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Address;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.TextTypes;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.w3c.dom.Element;
import tools.jackson.databind.node.ObjectNode;

/** A quote as the customer gets it: as figures for a page, and as a PDF with the company's letterhead. */
@Component
public class QuotePaper {
    private static final String STYLE = """
            @page { size: A4; margin: 18mm 16mm 20mm 16mm;
              @bottom-center { content: counter(page) " / " counter(pages); font: 8pt 'Paper'; color: #8a8f98; } }
            body { font: 9.5pt/1.5 'Paper'; color: #16181d; }
            h1 { font-size: 20pt; font-weight: 600; margin: 0 0 2mm 0; }
            table { width: 100%; border-collapse: collapse; }
            td, th { padding: 1.6mm 1.5mm; text-align: left; vertical-align: top; }
            th { font-weight: 600; font-size: 8.5pt; color: #5b616b; border-bottom: 0.6pt solid #c9ccd2; }
            .lines td { border-bottom: 0.4pt solid #e4e6ea; page-break-inside: avoid; }
            .lines thead { display: table-header-group; }
            .num { text-align: right; white-space: nowrap; }
            .muted { color: #5b616b; font-size: 8.5pt; }
            .letter td { padding: 0; }
            .company { font-size: 11pt; font-weight: 600; }
            .logo { max-height: 16mm; max-width: 60mm; display: block; margin-bottom: 2mm; }
            .right { text-align: right; }
            .head { margin: 9mm 0 7mm 0; }
            .head td { padding: 0.5mm 4mm 0.5mm 0; }
            .sum { width: 45%; margin: 4mm 0 8mm 55%; }
            .sum td { padding: 1mm 1.5mm; }
            .total td { font-size: 12pt; font-weight: 600; border-top: 0.8pt solid #16181d; padding-top: 2mm; }
            .part { margin: 0 0 5mm 0; page-break-inside: avoid; }
            .part b { font-weight: 600; display: block; margin-bottom: 1mm; }
            .sign td { padding-top: 14mm; width: 50%; }
            """;

    private static final int LARGEST_LOGO = 2 << 20;

    private final Acts acts;
    private final FileStore files;

    QuotePaper(Acts acts, FileStore files) {
        this.files = files;
        XRLog.setLoggingEnabled(false);
        this.acts = acts;
    }

    /** Everything that stands on the paper, read once. */
    private record Paper(
            Optional<Act.Item> company, Act.Item quote, String account, String contact, List<Act.Item> lines) {}

    /** @throws dev.rapport.kernel.Refusal 404 if a part of the paper is not the actor's to read */
    private static Paper read(Act act, Act.Item quote) {
        act.needs(
                QuoteActs.QUOTE,
                Quote.NUMBER,
                Quote.REVISION,
                Quote.ACCOUNT,
                Quote.VALID_UNTIL,
                Quote.NET,
                Quote.TAX,
                Quote.TOTAL,
                Quote.TERMS,
                Quote.NOTE);
        act.needs(
                "quoteLine",
                QuoteLine.QUOTE,
                QuoteLine.NAME,
                QuoteLine.QUANTITY,
                QuoteLine.UNIT_PRICE,
                QuoteLine.DISCOUNT,
                QuoteLine.TAX_RATE,
                QuoteLine.TOTAL,
                QuoteLine.EXPLANATION);
        var company = act.where("company", Company.KEY, Company.ONLY).stream().findFirst();
        var account = Optional.ofNullable(quote.get(Quote.ACCOUNT))
                .flatMap(id -> act.find("account", id))
                .map(found -> found.get(Account.NAME));
        var contact = Optional.ofNullable(quote.get(Quote.CONTACT))
                .flatMap(id -> act.find("contact", id))
                .map(found -> found.get(Contact.NAME))
                .map(name -> name.full());
        return new Paper(company, quote, account.orElse(""), contact.orElse(""), QuoteActs.lines(act, quote.id()));
    }

    /** The quote's contents for a page of the UI. */
    ObjectNode content(Act act, Act.Item quote) {
        var paper = read(act, quote);
        var node = Json.object()
                .put("number", quote.get(Quote.NUMBER))
                .put("revision", quote.get(Quote.REVISION))
                .put(
                        "company",
                        paper.company.map(found -> found.get(Company.NAME)).orElse(""))
                .put("account", paper.account)
                .put("contact", paper.contact)
                .put("validUntil", text(quote.get(Quote.VALID_UNTIL)))
                .put("note", quote.get(Quote.NOTE))
                .put("terms", quote.get(Quote.TERMS));
        put(node, "net", quote.get(Quote.NET));
        put(node, "tax", quote.get(Quote.TAX));
        put(node, "total", quote.get(Quote.TOTAL));
        var lines = node.putArray("lines");
        for (var line : paper.lines) {
            var item = lines.addObject()
                    .put("name", line.get(QuoteLine.NAME))
                    .put("quantity", plain(line.get(QuoteLine.QUANTITY)))
                    .put("discount", plain(line.get(QuoteLine.DISCOUNT)))
                    .put("taxRate", plain(line.get(QuoteLine.TAX_RATE)))
                    .put("explanation", line.get(QuoteLine.EXPLANATION));
            put(item, "unitPrice", line.get(QuoteLine.UNIT_PRICE));
            put(item, "total", line.get(QuoteLine.TOTAL));
        }
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Money money) {
        if (money == null) node.putNull(name);
        else
            node.putObject(name)
                    .put("amount", money.amount().toPlainString())
                    .put("currency", money.currency().getCurrencyCode());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros().toPlainString();
    }

    /**
     * The quote as a PDF.
     *
     * @param locale language of the paper's own words; Chinese or English
     * @throws dev.rapport.kernel.Refusal 404 for a quote that the actor may not see
     */
    public byte[] pdf(Actor actor, RecordId id, Locale locale) {
        var paper = acts.read(actor, act -> read(act, act.require(QuoteActs.QUOTE, id)));
        var out = new ByteArrayOutputStream();
        try {
            var builder = new PdfRendererBuilder();
            builder.useFont(() -> font("400Regular/NotoSansSC_400Regular.ttf"), "Paper", 400, FontStyle.NORMAL, true);
            builder.useFont(() -> font("600SemiBold/NotoSansSC_600SemiBold.ttf"), "Paper", 600, FontStyle.NORMAL, true);
            // nothing that stands in a text may make the renderer fetch anything
            builder.useUriResolver((base, uri) -> uri.startsWith("data:image/") ? uri : null);
            builder.withW3cDocument(new Layout(paper, locale, logo(paper)).document(), "");
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The logo as a data address, if there is one that a paper can show. */
    private @Nullable String logo(Paper paper) {
        var id = paper.company.map(found -> found.get(Company.LOGO)).orElse(null);
        var file = id == null ? null : files.find(id).orElse(null);
        boolean shown =
                file != null && List.of("image/png", "image/jpeg").contains(file.type()) && file.size() <= LARGEST_LOGO;
        if (file == null || !shown) return null;
        try (var content = files.open(file)) {
            return "data:" + file.type() + ";base64," + Base64.getEncoder().encodeToString(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream font(String name) {
        var stream = QuotePaper.class.getResourceAsStream("/pdf-fonts/" + name);
        return Objects.requireNonNull(stream, () -> "The font " + name + " is missing: build the module web");
    }

    /** The paper in one language. */
    private static final class Layout {
        private final Paper paper;
        private final Locale locale;
        private final boolean chinese;
        private final PaperDocument page;

        private final @Nullable String logo;

        Layout(Paper paper, Locale locale, @Nullable String logo) {
            this.logo = logo;
            this.paper = paper;
            this.chinese = "zh".equals(locale.getLanguage());
            this.locale = chinese ? Locale.SIMPLIFIED_CHINESE : Locale.UK;
            this.page = new PaperDocument(chinese ? "zh-CN" : "en", STYLE);
        }

        org.w3c.dom.Document document() {
            letterhead();
            heading();
            lines();
            totals();
            texts();
            return page.document();
        }

        private String word(String en, String zh) {
            return chinese ? zh : en;
        }

        private <T> @Nullable T ofCompany(Field<T> field) {
            return paper.company.isPresent() ? paper.company.get().get(field) : null;
        }

        private void letterhead() {
            var row = page.add(page.add(page.body(), "table", "letter"), "tr", "");
            var left = page.add(row, "td", "");
            if (logo != null) page.add(left, "img", "logo").setAttribute("src", logo);
            page.add(left, "div", "company", ofCompany(Company.NAME));
            var contact = Stream.of(
                            written(ofCompany(Company.ADDRESS)),
                            Optional.ofNullable(ofCompany(Company.PHONE)),
                            Optional.ofNullable(ofCompany(Company.EMAIL)),
                            Optional.ofNullable(ofCompany(Company.WEBSITE)))
                    .flatMap(Optional::stream)
                    .toList();
            page.add(left, "div", "muted", String.join(chinese ? "　" : "  ·  ", contact));
            var right = page.add(row, "td", "right muted");
            var tax = ofCompany(Company.TAX_NUMBER);
            if (tax != null) page.add(right, "div", "", word("Tax number ", "纳税人识别号：") + tax);
        }

        /** Chinese addresses from the large to the small, others the other way round. */
        private static Optional<String> written(@Nullable Address address) {
            if (address == null || address.isEmpty()) return Optional.empty();
            var parts = Stream.of(address.province(), address.city(), address.district(), address.street())
                    .filter(part -> !part.isBlank())
                    .distinct()
                    .toList();
            if ("CN".equals(address.country())) return Optional.of(String.join("", parts));
            var reversed = new ArrayList<>(parts.reversed());
            if (!address.postcode().isBlank()) reversed.add(address.postcode());
            return Optional.of(String.join(", ", reversed));
        }

        private void heading() {
            var quote = paper.quote;
            var head = page.add(page.body(), "div", "head");
            page.add(head, "h1", "", word("Quotation", "报价单"));
            var table = page.add(head, "table", "");
            var revision = quote.get(Quote.REVISION);
            var number = quote.get(Quote.NUMBER) + (revision == null || revision < 2 ? "" : " / " + revision);
            fact(table, word("Number", "编号"), number);
            fact(table, word("For", "客户"), paper.account);
            fact(table, word("Attention", "联系人"), paper.contact);
            fact(table, word("Valid until", "有效期至"), date(quote.get(Quote.VALID_UNTIL)));
            fact(table, word("Payment", "付款方式"), choice(quote.get(Quote.PAYMENT)));
        }

        private void fact(Element table, String name, @Nullable String value) {
            if (value == null || value.isBlank()) return;
            var row = page.add(table, "tr", "");
            page.add(row, "td", "muted", name).setAttribute("style", "width: 28mm");
            page.add(row, "td", "", value);
        }

        private @Nullable String choice(@Nullable String code) {
            if (!(Quote.PAYMENT.type() instanceof TextTypes.Choices choices)) return code;
            return choices.choices().stream()
                    .filter(choice -> choice.code().equals(code))
                    .findFirst()
                    .map(choice -> choice.labels())
                    .map((Labels labels) -> chinese ? labels.zh() : labels.en())
                    .orElse(null);
        }

        private @Nullable String date(@Nullable LocalDate day) {
            return day == null
                    ? null
                    : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                            .withLocale(locale)
                            .format(day);
        }

        private void lines() {
            var table = page.add(page.body(), "table", "lines");
            var head = page.add(page.add(table, "thead", ""), "tr", "");
            page.add(head, "th", "", "#");
            page.add(head, "th", "", word("Product", "产品"));
            page.add(head, "th", "num", word("Quantity", "数量"));
            page.add(head, "th", "num", word("Unit price", "单价"));
            page.add(head, "th", "num", word("Discount", "折扣"));
            page.add(head, "th", "num", word("Tax", "税率"));
            page.add(head, "th", "num", word("Amount", "金额"));
            var body = page.add(table, "tbody", "");
            int number = 1;
            for (var line : paper.lines) {
                var row = page.add(body, "tr", "");
                page.add(row, "td", "muted", String.valueOf(number++));
                var name = page.add(row, "td", "", line.get(QuoteLine.NAME));
                var why = line.get(QuoteLine.EXPLANATION);
                if (why != null) page.add(name, "div", "muted", why);
                page.add(row, "td", "num", number(line.get(QuoteLine.QUANTITY)));
                page.add(row, "td", "num", money(line.get(QuoteLine.UNIT_PRICE)));
                page.add(row, "td", "num", percent(line.get(QuoteLine.DISCOUNT)));
                page.add(row, "td", "num", percent(line.get(QuoteLine.TAX_RATE)));
                page.add(row, "td", "num", money(line.get(QuoteLine.TOTAL)));
            }
        }

        private void totals() {
            var table = page.add(page.body(), "table", "sum");
            sum(table, "", word("Net", "不含税金额"), paper.quote.get(Quote.NET));
            sum(table, "", word("Tax", "税额"), paper.quote.get(Quote.TAX));
            sum(table, "total", word("Total", "价税合计"), paper.quote.get(Quote.TOTAL));
        }

        private void sum(Element table, String look, String name, @Nullable Money amount) {
            var row = page.add(table, "tr", look);
            page.add(row, "td", "", name);
            page.add(row, "td", "num", money(amount));
        }

        private void texts() {
            part(word("Note", "备注"), paper.quote.get(Quote.NOTE));
            part(word("Terms", "条款"), paper.quote.get(Quote.TERMS));
            part(word("Bank details", "开户行及账号"), ofCompany(Company.BANK));
            var row = page.add(page.add(page.body(), "table", "sign"), "tr", "");
            page.add(row, "td", "muted", word("Date, signature of the customer", "客户签字（盖章）、日期"));
            page.add(row, "td", "muted right", word("Date, signature of the supplier", "供方签字（盖章）、日期"));
        }

        private void part(String title, @Nullable String text) {
            if (text == null || text.isBlank()) return;
            var part = page.add(page.body(), "div", "part");
            page.add(part, "b", "", title);
            page.add(part, "div", "", text);
        }

        private String money(@Nullable Money amount) {
            if (amount == null) return "";
            var format = NumberFormat.getCurrencyInstance(locale);
            Currency currency = amount.currency();
            format.setCurrency(currency);
            format.setMinimumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
            format.setMaximumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
            return format.format(amount.amount());
        }

        private String number(@Nullable BigDecimal number) {
            return number == null ? "" : NumberFormat.getInstance(locale).format(number);
        }

        private String percent(@Nullable BigDecimal number) {
            return number == null || number.signum() == 0 ? "" : plain(number) + " %";
        }
    }
}
