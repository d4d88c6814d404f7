package dev.rapport.sales.web;

import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.record.QueryReader;
import dev.rapport.sales.LeadConversion;
import dev.rapport.sales.PaymentPlans;
import dev.rapport.sales.TargetSplit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Acts on leads, contracts, receipts and targets. */
@RestController
class SalesController {
    private final LeadConversion conversion;
    private final PaymentPlans payments;
    private final TargetSplit targets;

    SalesController(LeadConversion conversion, PaymentPlans payments, TargetSplit targets) {
        this.conversion = conversion;
        this.payments = payments;
        this.targets = targets;
    }

    @Route("What would become of a lead, and the records that it looks like")
    @GetMapping("/api/leads/{id}/conversion")
    JsonNode conversion(Actor actor, @PathVariable String id) {
        return conversion.preview(actor, QueryReader.id(id));
    }

    @Route("Make an account, a contact and an opportunity of a lead")
    @PostMapping("/api/leads/{id}/convert")
    JsonNode convert(Actor actor, @PathVariable String id, JsonBody body) {
        return conversion.convert(actor, QueryReader.id(id), body.node());
    }

    @Route("Make a contract's payment plan")
    @PostMapping("/api/contracts/{id}/plan")
    JsonNode plan(Actor actor, @PathVariable String id, JsonBody body) {
        return payments.plan(actor, QueryReader.id(id), body.node());
    }

    @Route("Renew a contract")
    @PostMapping("/api/contracts/{id}/renew")
    JsonNode renew(Actor actor, @PathVariable String id, JsonBody body) {
        return payments.renew(actor, QueryReader.id(id), body.node());
    }

    @Route("Match a receipt to what is owed, the longest due first")
    @PostMapping("/api/receipts/{id}/match")
    JsonNode match(Actor actor, @PathVariable String id) {
        return payments.match(actor, QueryReader.id(id));
    }

    @Route("Split a target over months, quarters or people")
    @PostMapping("/api/targets/{id}/split")
    JsonNode split(Actor actor, @PathVariable String id, JsonBody body) {
        return targets.split(actor, QueryReader.id(id), body.node());
    }
}
