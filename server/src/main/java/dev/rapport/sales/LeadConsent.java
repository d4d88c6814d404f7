package dev.rapport.sales;

import dev.rapport.customer.Consent;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Consequence;
import dev.rapport.record.spi.Lookups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a lead agreed to, in a web form or told to somebody, stands in the consent ledger. */
@Component
class LeadConsent implements Consequence {
    @Override
    public String object() {
        return "lead";
    }

    @Override
    public List<Draft> follow(List<? extends Change> changes, Lookups lookups) {
        var drafts = new ArrayList<Draft>();
        for (var change : changes) {
            boolean writes = change.kind() == Change.Kind.CREATE || change.kind() == Change.Kind.UPDATE;
            if (!writes || !change.touches(Lead.CONSENT)) continue;
            boolean agreed = Boolean.TRUE.equals(change.after(Lead.CONSENT));
            if (!agreed && !Boolean.TRUE.equals(change.before(Lead.CONSENT))) continue;
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Consent.LEAD, change.id());
            values.put(Consent.PURPOSE, Consent.MARKETING);
            values.put(Consent.CHANNEL, Consent.ANY);
            values.put(Consent.STATE, agreed ? Consent.GRANTED : Consent.WITHDRAWN);
            values.put(Consent.SOURCE, Consent.RECORD);
            values.put(Consent.WORDING, change.after(Lead.CONSENT_TEXT));
            values.put(SystemFields.OWNER, change.after(SystemFields.OWNER));
            drafts.add(new Draft("consent", values));
        }
        return drafts;
    }
}
