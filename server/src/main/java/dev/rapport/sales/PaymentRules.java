package dev.rapport.sales;

import dev.rapport.customer.Order;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds for payment plans, receipts, what they are matched to, and invoices. */
@Configuration(proxyBeanMethods = false)
class PaymentRules {
    private interface Writing extends RecordRule {
        Verdict write(Change change, Lookups lookups);

        @Override
        default Verdict decide(Change change, Lookups lookups) {
            boolean writes = change.kind() == Change.Kind.CREATE || change.kind() == Change.Kind.UPDATE;
            return writes ? write(change, lookups) : Verdict.accept();
        }
    }

    private static boolean isPositive(@Nullable Money amount) {
        return amount == null || amount.minorUnits() > 0;
    }

    @Bean
    RecordRule instalmentRule() {
        return new Writing() {
            @Override
            public String object() {
                return "instalment";
            }

            @Override
            public Verdict write(Change change, Lookups lookups) {
                var contract = change.after(Instalment.CONTRACT);
                var order = change.after(Instalment.ORDER);
                if (contract == null && order == null) return Verdict.reject(Instalment.CONTRACT, "contract-or-order");
                var amount = change.after(Instalment.AMOUNT);
                if (!isPositive(amount)) return Verdict.reject(Instalment.AMOUNT, "positive");
                var received = change.after(Instalment.RECEIVED);
                if (amount != null && received != null && !fits(received, amount))
                    return Verdict.reject(Instalment.AMOUNT, "less-than-received");
                if (change.after(Instalment.ACCOUNT) != null) return Verdict.accept();
                return Verdict.amend(
                        Instalment.ACCOUNT,
                        contract != null
                                ? lookups.value("contract", contract, Contract.ACCOUNT)
                                : lookups.value("order", Objects.requireNonNull(order), Order.ACCOUNT));
            }
        };
    }

    @Bean
    RecordRule receiptRule() {
        return new Writing() {
            @Override
            public String object() {
                return "receipt";
            }

            @Override
            public Verdict write(Change change, Lookups lookups) {
                var amount = change.after(Receipt.AMOUNT);
                if (!isPositive(amount)) return Verdict.reject(Receipt.AMOUNT, "positive");
                var matched = change.after(Receipt.MATCHED);
                boolean less = amount != null && matched != null && !fits(matched, amount);
                return less ? Verdict.reject(Receipt.AMOUNT, "less-than-matched") : Verdict.accept();
            }
        };
    }

    /** Neither a receipt nor an instalment is ever matched beyond its amount, whoever writes at the same time. */
    @Bean
    RecordRule receiptMatchRule() {
        return new RecordRule() {
            @Override
            public String object() {
                return "receiptMatch";
            }

            @Override
            public Verdict decide(Change change, Lookups lookups) {
                var receipt = change.after(ReceiptMatch.RECEIPT);
                var instalment = change.after(ReceiptMatch.INSTALMENT);
                var amount = change.after(ReceiptMatch.AMOUNT);
                boolean counts = change.kind() != Change.Kind.DELETE;
                if (!counts || receipt == null || instalment == null || amount == null) return Verdict.accept();
                if (!isPositive(amount)) return Verdict.reject(ReceiptMatch.AMOUNT, "positive");
                // always in this order, so that two people cannot wait for each other
                var from = lookups.lock("receipt", receipt).orElse(null);
                var to = lookups.lock("instalment", instalment).orElse(null);
                if (from == null || to == null) return Verdict.accept();
                var pending = lookups.memory("matched", Pending.class, Pending::new);
                var code = refusal(change, from, to, amount, pending);
                if (code != null) return Verdict.reject(ReceiptMatch.AMOUNT, code);
                pending.add(change, receipt, instalment, amount);
                return Verdict.accept();
            }
        };
    }

    /** What this batch matches and the roll-ups do not know yet, in minor units. */
    private static final class Pending {
        private final Map<RecordId, Long> sums = new HashMap<>();

        void add(Change change, RecordId receipt, RecordId instalment, Money amount) {
            sums.merge(receipt, amount.minorUnits() - before(change, ReceiptMatch.RECEIPT, receipt), Long::sum);
            sums.merge(
                    instalment, amount.minorUnits() - before(change, ReceiptMatch.INSTALMENT, instalment), Long::sum);
        }

        long of(RecordId id) {
            return sums.getOrDefault(id, 0L);
        }
    }

    /** What this match took of {@code parent} before the change. */
    private static long before(Change change, Field<RecordId> via, RecordId parent) {
        var amount = change.before(ReceiptMatch.AMOUNT);
        boolean counted = change.kind() == Change.Kind.UPDATE && parent.equals(change.before(via));
        return counted && amount != null ? amount.minorUnits() : 0;
    }

    private static @Nullable String refusal(
            Change change, Lookups.Found receipt, Lookups.Found instalment, Money amount, Pending pending) {
        var whole = Objects.requireNonNull(receipt.value(Receipt.AMOUNT));
        var owed = Objects.requireNonNull(instalment.value(Instalment.AMOUNT));
        if (!whole.currency().equals(amount.currency()) || !owed.currency().equals(amount.currency()))
            return "mixed-currencies";
        long ofReceipt = minor(receipt.value(Receipt.MATCHED))
                + pending.of(receipt.id())
                - before(change, ReceiptMatch.RECEIPT, receipt.id());
        long ofInstalment = minor(instalment.value(Instalment.RECEIVED))
                + pending.of(instalment.id())
                - before(change, ReceiptMatch.INSTALMENT, instalment.id());
        if (amount.minorUnits() > whole.minorUnits() - ofReceipt) return "more-than-receipt";
        return amount.minorUnits() > owed.minorUnits() - ofInstalment ? "more-than-instalment" : null;
    }

    private static long minor(@Nullable Money amount) {
        return amount == null ? 0 : amount.minorUnits();
    }

    private static boolean fits(Money part, Money whole) {
        return part.currency().equals(whole.currency()) && part.minorUnits() <= whole.minorUnits();
    }

    @Bean
    RecordRule invoiceRule() {
        return new Writing() {
            @Override
            public String object() {
                return "invoice";
            }

            @Override
            public Verdict write(Change change, Lookups lookups) {
                var net = change.after(Invoice.NET);
                var tax = change.after(Invoice.TAX);
                if (!isPositive(net)) return Verdict.reject(Invoice.NET, "positive");
                if (net == null) return Verdict.accept();
                if (tax != null && !tax.currency().equals(net.currency()))
                    return Verdict.reject(Invoice.TAX, "mixed-currencies");
                if (net.minorUnits() > Long.MAX_VALUE / 2 || minor(tax) > Long.MAX_VALUE / 2 || minor(tax) < 0)
                    return Verdict.reject(Invoice.TAX, "out-of-range");
                var total = new Money(net.minorUnits() + minor(tax), net.currency());
                var corrects = change.after(Invoice.CORRECTS);
                boolean credits = "creditNote".equals(change.after(Invoice.KIND));
                if (credits != (corrects != null))
                    return Verdict.reject(Invoice.CORRECTS, credits ? "required" : "credit-notes-only");
                if (corrects != null) {
                    var code = excess(change, corrects, total, lookups);
                    if (code != null) return Verdict.reject(Invoice.NET, code);
                }
                return Verdict.amend(Invoice.TOTAL, total);
            }
        };
    }

    private static @Nullable String excess(Change change, RecordId corrects, Money total, Lookups lookups) {
        var invoice = lookups.lock("invoice", corrects).orElse(null);
        var whole = invoice == null ? null : invoice.value(Invoice.TOTAL);
        if (invoice == null || whole == null) return null;
        if (!whole.currency().equals(total.currency())) return "mixed-currencies";
        boolean counted = change.kind() == Change.Kind.UPDATE && corrects.equals(change.before(Invoice.CORRECTS));
        long credited = minor(invoice.value(Invoice.CREDITED)) - (counted ? minor(change.before(Invoice.TOTAL)) : 0);
        return total.minorUnits() > whole.minorUnits() - credited ? "more-than-invoice" : null;
    }
}
