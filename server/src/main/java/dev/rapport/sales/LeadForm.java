package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;

import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.TextTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** A form that visitors of a web site fill in and that makes leads of them, with the rights of its owner. */
@Component
public class LeadForm implements ObjectSource {
    public static final Field<String> NAME = field("name", new TextTypes.Text(), "Name", "名称", REQUIRED, SEARCHABLE);
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "启用").defaultingTo("true");
    public static final Field<List<String>> ASKED =
            field("asked", new TextTypes.Tags(), "Fields that are asked for", "收集字段");
    public static final Field<String> SOURCE = field("source", SalesChoices.source(), "Source of its leads", "线索来源")
            .defaultingTo("webForm");
    public static final Field<Boolean> ASSIGN = field("assign", new NumberTypes.Flag(), "Assign by the rules", "按规则分配")
            .defaultingTo("true");
    public static final Field<String> INTRODUCTION =
            field("introduction", new TextTypes.LongText(), "Introduction", "说明文字");
    public static final Field<String> CONSENT =
            field("consent", new TextTypes.LongText(), "What people agree to", "同意条款", REQUIRED);
    public static final Field<String> THANKS = field("thanks", new TextTypes.LongText(), "Thanks", "提交后提示");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("leadForm", labels("Lead form", "线索表单"), labels("Lead forms", "线索表单"))
                .icon("globe")
                .group(ObjectDef.Group.HIDDEN)
                .fields(NAME, ACTIVE, ASKED, SOURCE, ASSIGN, INTRODUCTION, CONSENT, THANKS)
                .listing("name", "active", "asked", "source", "owner", "updatedAt")
                .section("Form", "表单", NAME, ACTIVE, ASKED, SOURCE, ASSIGN)
                .section("Texts", "文字", INTRODUCTION, CONSENT, THANKS)
                .build();
    }
}
