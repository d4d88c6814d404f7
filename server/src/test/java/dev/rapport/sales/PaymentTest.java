package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is owed and what is paid. */
class PaymentTest extends SalesTestCase {
    private final String account = create("account", "{\"name\":\"Payer " + unique() + "\"}");

    private String contract(String amount) {
        return create(
                "contract",
                "{\"name\":\"K\",\"account\":\"" + account + "\",\"amount\":" + cny(amount)
                        + ",\"startsOn\":\"2026-01-01\",\"endsOn\":\"2026-12-31\"}");
    }

    private String receipt(String amount, String contract) {
        return create(
                "receipt",
                "{\"account\":\"" + account + "\",\"contract\":\"" + contract
                        + "\",\"receivedOn\":\"2026-02-01\",\"amount\":" + cny(amount) + "}");
    }

    @Test
    void aPlanAddsUpToTheContract() {
        var contract = contract("100.00");
        act("/api/contracts/" + contract + "/plan", "{\"parts\":3,\"firstDue\":\"2026-01-31\",\"every\":\"month\"}");
        var parts = where("instalment", "contract", contract);
        var days =
                parts.values().stream().map(one -> one.path("dueOn").asString()).toList();
        assertThat(days).containsExactlyInAnyOrder("2026-01-31", "2026-02-28", "2026-03-31");
        var sum = parts.values().stream()
                .map(one -> new BigDecimal(amount(one, "amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo("100.00");
        assertThat(amount(read("contract", contract), "planned")).isEqualTo("100.00");
        var again = client.post("/api/contracts/" + contract + "/plan", "{\"parts\":1,\"firstDue\":\"2026-01-31\"}");
        assertThat(again.json().path("code").asString()).isEqualTo("planned-already");
        var wrong = client.post(
                "/api/contracts/" + contract + "/plan", "{\"parts\":0,\"firstDue\":\"soon\",\"every\":\"day\"}");
        assertThat(wrong.violations()).containsExactly("every:choice", "firstDue:date", "parts:range");
    }

    @Test
    void aReceiptPaysTheLongestDueFirst() {
        var contract = contract("90.00");
        act("/api/contracts/" + contract + "/plan", "{\"parts\":3,\"firstDue\":\"2026-01-31\"}");
        var receipt = receipt("40.00", contract);
        var matched = act("/api/receipts/" + receipt + "/match", "{}");
        assertThat(matched.path("matches").asInt()).isEqualTo(2);
        assertThat(amount(read("receipt", receipt), "unmatched")).isEqualTo("0.00");
        assertThat(amount(read("contract", contract), "received")).isEqualTo("40.00");
        assertThat(amount(read("contract", contract), "outstanding")).isEqualTo("50.00");
        assertThat(client.post("/api/receipts/" + receipt + "/match", "{}").status())
                .isEqualTo(409);
        assertThat(change("receipt", receipt, "{\"amount\":" + cny("39.99") + "}")
                        .violations())
                .containsExactly("amount:less-than-matched");
        undo(matched.path("batch").asString());
        assertThat(amount(read("contract", contract), "outstanding")).isEqualTo("90.00");
    }

    @Test
    void nothingIsPaidTwiceWhoeverMatchesAtTheSameTime() throws Exception {
        var contract = contract("100.00");
        act("/api/contracts/" + contract + "/plan", "{\"parts\":1,\"firstDue\":\"2026-01-31\"}");
        var instalment =
                where("instalment", "contract", contract).get(0).path("id").asString();
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Integer> match = () -> client.post(
                            "/api/records/receiptMatch",
                            "{\"receipt\":\"" + receipt("30.00", contract) + "\",\"instalment\":\"" + instalment
                                    + "\",\"amount\":" + cny("30.00") + "}")
                    .status();
            var answers = threads.invokeAll(java.util.Collections.nCopies(8, match)).stream()
                    .map(answer -> answer.resultNow())
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(201, 201, 201, 422, 422, 422, 422, 422);
        }
        assertThat(amount(read("instalment", instalment), "received")).isEqualTo("90.00");
    }

    @Test
    void aCreditNoteTakesBackNoMoreThanTheInvoice() {
        var invoice = create(
                "invoice",
                "{\"account\":\"" + account + "\",\"net\":" + cny("100.00") + ",\"tax\":" + cny("13.00") + "}");
        assertThat(amount(read("invoice", invoice), "total")).isEqualTo("113.00");
        var note = "{\"account\":\"" + account + "\",\"kind\":\"creditNote\",\"corrects\":\"" + invoice + "\",\"net\":";
        create("invoice", note + cny("100.00") + "}");
        assertThat(client.post("/api/records/invoice", note + cny("13.01") + "}")
                        .violations())
                .containsExactly("net:more-than-invoice");
        assertThat(client.post(
                                "/api/records/invoice",
                                "{\"account\":\"" + account + "\",\"kind\":\"creditNote\",\"net\":" + cny("1.00") + "}")
                        .violations())
                .containsExactly("corrects:required");
    }

    @Test
    void goodsComeBackOnlyAfterTheyWentOut() {
        var order = create("order", "{\"account\":\"" + account + "\"}");
        var line = create(
                "orderLine",
                "{\"order\":\"" + order + "\",\"name\":\"G\",\"quantity\":\"5\",\"unitPrice\":" + cny("1.00") + "}");
        var delivery = "{\"line\":\"" + line + "\",\"deliveredOn\":\"2026-01-05\",\"quantity\":";
        create("delivery", delivery + "\"3\"}");
        assertThat(client.post("/api/records/delivery", delivery + "\"2.5\"}").violations())
                .containsExactly("quantity:more-than-ordered");
        create("delivery", delivery + "\"1\",\"kind\":\"return\"}");
        assertThat(client.post("/api/records/delivery", delivery + "\"3\",\"kind\":\"return\"}")
                        .violations())
                .containsExactly("quantity:more-than-delivered");
        assertThat(read("orderLine", line).path("delivered").asString()).isEqualTo("2");
    }

    @Test
    void aContractIsRenewedWhereItEnds() {
        var contract = contract("10.00");
        var next = read(
                "contract",
                act("/api/contracts/" + contract + "/renew", "{\"months\":12}")
                        .path("contract")
                        .asString());
        assertThat(next.path("startsOn").asString()).isEqualTo("2027-01-01");
        assertThat(next.path("endsOn").asString()).isEqualTo("2027-12-31");
        assertThat(read("contract", contract).path("status").asString()).isEqualTo("renewed");
    }
}
