package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Choice.choice;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** A step of a pipeline: what it takes to enter it, how likely its deals are to be won, and when they begin to rot. */
@Component
public class Stage implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(100), "Name", "名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> NAME_ZH = field("nameZh", new TextTypes.Text(100), "Name in Chinese", "中文名称");
    public static final Field<RecordId> PIPELINE =
            field("pipeline", new LinkTypes.Lookup("pipeline"), "Pipeline", "销售管道", REQUIRED, FILTERABLE);
    public static final Field<Long> POSITION =
            field("position", new NumberTypes.Whole(), "Position", "排序", REQUIRED, FILTERABLE);
    public static final Field<String> OUTCOME = field(
                    "outcome", SalesChoices.outcome(), "Outcome", "结果", REQUIRED, FILTERABLE)
            .defaultingTo("open");
    public static final Field<BigDecimal> PROBABILITY = field(
                    "probability", new NumberTypes.Percent(), "Probability %", "赢率 %", REQUIRED)
            .defaultingTo("0");
    public static final Field<String> FORECAST =
            field("forecast", SalesChoices.forecast(), "Forecast", "预测类别").defaultingTo("pipeline");
    public static final Field<Long> ROT_DAYS = field("rotDays", new NumberTypes.Whole(), "Rots after days", "停滞预警天数");
    public static final Field<List<String>> REQUIRED_FIELDS =
            field("requiredFields", new TextTypes.Tags(), "Fields needed to enter", "进入所需字段");
    public static final Field<Boolean> NO_WAY_BACK =
            field("noWayBack", new NumberTypes.Flag(), "No way back from here", "不允许退回");
    public static final Field<String> GUIDANCE = field("guidance", new TextTypes.LongText(), "Guidance", "工作指引");
    public static final Field<String> GUIDANCE_ZH =
            field("guidanceZh", new TextTypes.LongText(), "Guidance in Chinese", "中文工作指引");
    public static final Field<String> COLOR = field(
                    "color",
                    new TextTypes.Choices(
                            choice("gray", "Gray", "灰", "gray"),
                            choice("sky", "Sky", "天蓝", "sky"),
                            choice("violet", "Violet", "紫", "violet"),
                            choice("indigo", "Indigo", "靛蓝", "indigo"),
                            choice("amber", "Amber", "琥珀", "amber"),
                            choice("green", "Green", "绿", "green"),
                            choice("pink", "Pink", "粉", "pink"),
                            choice("red", "Red", "红", "red"),
                            choice("teal", "Teal", "青", "teal")),
                    "Colour",
                    "颜色")
            .defaultingTo("gray");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("stage", labels("Stage", "阶段"), labels("Stages", "阶段"))
                .icon("flag")
                .group(ObjectDef.Group.HIDDEN)
                .fields(
                        NAME,
                        NAME_ZH,
                        PIPELINE,
                        POSITION,
                        OUTCOME,
                        PROBABILITY,
                        FORECAST,
                        ROT_DAYS,
                        REQUIRED_FIELDS,
                        NO_WAY_BACK,
                        GUIDANCE,
                        GUIDANCE_ZH,
                        COLOR)
                .namedInChineseBy(NAME_ZH)
                .listing("name", "nameZh", "pipeline", "position", "outcome", "probability", "forecast", "rotDays")
                .sortedBy("position")
                .section("Stage", "阶段", NAME, NAME_ZH, PIPELINE, POSITION, OUTCOME, PROBABILITY, FORECAST, COLOR)
                .section("Rules", "规则", REQUIRED_FIELDS, NO_WAY_BACK, ROT_DAYS, GUIDANCE, GUIDANCE_ZH)
                .build();
    }
}
