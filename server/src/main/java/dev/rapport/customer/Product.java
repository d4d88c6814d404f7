package dev.rapport.customer;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.REQUIRED;
import static dev.rapport.metadata.Trait.SEARCHABLE;
import static dev.rapport.metadata.Trait.UNIQUE;

import dev.rapport.kernel.Money;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.metadata.Sharing;
import dev.rapport.metadata.SystemFields;
import dev.rapport.metadata.TextTypes;
import org.springframework.stereotype.Component;

/** Something that is sold. */
@Component
public class Product implements ObjectSource {
    public static final Field<String> NAME =
            field("name", new TextTypes.Text(), "Name", "产品名称", REQUIRED, SEARCHABLE, FILTERABLE);
    public static final Field<String> CODE =
            field("code", new TextTypes.Text(100), "Code", "产品编码", UNIQUE, SEARCHABLE, FILTERABLE);
    public static final Field<String> CATEGORY =
            field("category", new TextTypes.Text(100), "Category", "类别", FILTERABLE);
    public static final Field<Money> PRICE =
            field("price", new NumberTypes.MoneyAmount(), "List price", "标准价格", FILTERABLE);
    public static final Field<String> UNIT = field("unit", new TextTypes.Text(30), "Unit", "单位");
    public static final Field<Boolean> ACTIVE =
            field("active", new NumberTypes.Flag(), "Active", "在售").defaultingTo("true");
    public static final Field<String> DESCRIPTION =
            field("description", new TextTypes.RichText(), "Description", "产品说明");

    @Override
    public ObjectDef define() {
        return ObjectDef.object("product", labels("Product", "产品"), labels("Products", "产品"))
                .icon("package")
                .fields(NAME, CODE, CATEGORY, PRICE, UNIT, ACTIVE, DESCRIPTION)
                .sharing(Sharing.COMMON)
                .listing("name", "code", "category", "price", "unit", "active", "updatedAt")
                .section("Product", "产品", NAME, CODE, CATEGORY, PRICE, UNIT, ACTIVE, SystemFields.OWNER, DESCRIPTION)
                .related("orderLine.product")
                .build();
    }
}
