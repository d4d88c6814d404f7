package dev.rapport.sales;

import dev.rapport.database.Prepared;
import dev.rapport.identity.AdministratorCreated;
import dev.rapport.identity.Users;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.metadata.Field;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes a company ready to sell: its own record, a B2B and an AIDA pipeline. Once: what somebody deletes stays deleted. */
@Component
public class SalesSetup {
    private static final String NAME = "sales";

    private final Acts acts;
    private final Prepared prepared;
    private final Users users;
    private final Settings settings;

    SalesSetup(Acts acts, Prepared prepared, Users users, Settings settings) {
        this.acts = acts;
        this.prepared = prepared;
        this.users = users;
        this.settings = settings;
    }

    @EventListener
    void atStart(ApplicationReadyEvent event) {
        users.anyAdministrator().ifPresent(this::prepare);
    }

    @EventListener
    void afterSetUp(AdministratorCreated event) {
        users.find(event.id()).ifPresent(this::prepare);
    }

    /** Makes everything ready on behalf of {@code actor}, unless that was done before. */
    public void prepare(Actor actor) {
        if (prepared.is(NAME)) return;
        try {
            make(actor);
        } catch (Refusal refusal) {
            // another node has just made the same
            if (refusal.kind() != Refusal.Kind.CONFLICT) throw refusal;
        }
        prepared.mark(NAME);
    }

    private void make(Actor actor) {
        acts.run(actor, "prepare", "pipeline", act -> {
            company(act);
            b2b(act);
            aida(act);
            return true;
        });
    }

    private void company(Act act) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Company.KEY, Company.ONLY);
        values.put(Company.NAME, "zh".equals(act.actor().locale().getLanguage()) ? "我的公司" : "My company");
        values.put(Company.CURRENCY, settings.currency());
        act.create("company", values);
    }

    /** A stage to be made. @param needs fields that must be filled to enter it */
    private record Draft(
            String name,
            String zh,
            int probability,
            String forecast,
            int rotDays,
            String color,
            String guidance,
            String guidanceZh,
            List<String> needs) {}

    private static RecordId pipeline(Act act, String name, String zh, long position) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Pipeline.NAME, name);
        values.put(Pipeline.NAME_ZH, zh);
        values.put(Pipeline.POSITION, position);
        return act.create("pipeline", values);
    }

    private static void stages(Act act, RecordId pipeline, List<Draft> drafts) {
        long position = 1;
        for (var draft : drafts) {
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Stage.PIPELINE, pipeline);
            values.put(Stage.NAME, draft.name());
            values.put(Stage.NAME_ZH, draft.zh());
            values.put(Stage.POSITION, position++);
            values.put(
                    Stage.OUTCOME,
                    draft.probability() == 100 ? "won" : draft.forecast().equals("omitted") ? "lost" : "open");
            values.put(Stage.PROBABILITY, BigDecimal.valueOf(draft.probability()));
            values.put(Stage.FORECAST, draft.forecast());
            values.put(Stage.ROT_DAYS, draft.rotDays() == 0 ? null : (long) draft.rotDays());
            values.put(Stage.COLOR, draft.color());
            values.put(Stage.GUIDANCE, draft.guidance().isEmpty() ? null : draft.guidance());
            values.put(Stage.GUIDANCE_ZH, draft.guidanceZh().isEmpty() ? null : draft.guidanceZh());
            values.put(Stage.REQUIRED_FIELDS, draft.needs().isEmpty() ? null : draft.needs());
            act.create("stage", values);
        }
    }

    private static void b2b(Act act) {
        stages(
                act,
                pipeline(act, "B2B sales", "B2B 销售", 1),
                List.of(
                        new Draft(
                                "Prospecting",
                                "初步接洽",
                                10,
                                "pipeline",
                                21,
                                "gray",
                                "Find out who decides, what they need and by when.",
                                "了解决策人、需求和时间要求。",
                                List.of()),
                        new Draft(
                                "Qualification",
                                "需求确认",
                                25,
                                "pipeline",
                                14,
                                "sky",
                                "Confirm need, budget and authority. Write down the next step.",
                                "确认需求、预算和决策权，并写下下一步。",
                                List.of("account")),
                        new Draft(
                                "Proposal",
                                "方案报价",
                                50,
                                "bestCase",
                                14,
                                "violet",
                                "Send a quote and agree a day to talk about it.",
                                "发送报价，并约定沟通时间。",
                                List.of("account", "amount")),
                        new Draft(
                                "Negotiation",
                                "商务谈判",
                                75,
                                "committed",
                                10,
                                "amber",
                                "Settle price, delivery and contract. Keep competitors in view.",
                                "商定价格、交付和合同条款，关注竞争对手。",
                                List.of("account", "amount", "closeDate")),
                        new Draft("Won", "赢单", 100, "closed", 0, "green", "", "", List.of("account", "amount")),
                        new Draft("Lost", "输单", 0, "omitted", 0, "red", "", "", List.of("reason"))));
    }

    /** Attention, interest, desire, action (E. St. Elmo Lewis, 1898). */
    private static void aida(Act act) {
        stages(
                act,
                pipeline(act, "AIDA", "AIDA 模型", 2),
                List.of(
                        new Draft(
                                "Attention",
                                "注意",
                                5,
                                "pipeline",
                                14,
                                "gray",
                                "Make yourself known: an advertisement, a call, a fair.",
                                "引起客户注意：广告、电话、展会。",
                                List.of()),
                        new Draft(
                                "Interest",
                                "兴趣",
                                20,
                                "pipeline",
                                14,
                                "sky",
                                "Tell what it does for them; let them ask.",
                                "说明产品价值，引导客户提问。",
                                List.of()),
                        new Draft(
                                "Desire",
                                "欲望",
                                60,
                                "bestCase",
                                10,
                                "violet",
                                "Let them try it; show what others gained.",
                                "安排试用，展示成功案例。",
                                List.of()),
                        new Draft("Action", "行动", 100, "closed", 0, "green", "", "", List.of()),
                        new Draft("No interest", "放弃", 0, "omitted", 0, "red", "", "", List.of())));
    }
}
