package dev.rapport.sales;

import dev.rapport.kernel.Labels;
import java.util.Set;
import java.util.function.Function;

/**
 * A report that comes with the product.
 *
 * @param name stable, as the API writes it
 * @param about what it tells, in a sentence
 * @param filters which parts of the scope it heeds: period, people, pipeline
 */
public record ReadyReport(
        String name, Labels labels, Labels about, Set<String> filters, Function<ReportScope, ReportTable> make) {
    /** One that heeds everything: the period, the people and the pipeline. */
    static ReadyReport of(
            String name,
            String en,
            String zh,
            String aboutEn,
            String aboutZh,
            Function<ReportScope, ReportTable> make) {
        var filters = Set.of("period", "people", "pipeline");
        return new ReadyReport(name, new Labels(en, zh), new Labels(aboutEn, aboutZh), filters, make);
    }
}
