package dev.rapport.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.TextTypes;
import dev.rapport.support.RapportServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SchemaTest {
    private final RapportServer server = RapportServer.get();

    @Test
    void aDatabaseThatFitsNeedsNothing() {
        assertThat(server.bean(SchemaMigration.class)
                        .migrate(server.bean(Catalogue.class))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aNewFieldBecomesAColumnAndTwoNodesAddItOnce() throws InterruptedException {
        var added = new Catalogue(List.of(
                () -> object("migrating"),
                () -> user(),
                new dev.rapport.identity.TeamObject(),
                new dev.rapport.identity.DepartmentObject()));
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++)
            threads.add(Thread.ofVirtual()
                    .start(() -> server.bean(SchemaMigration.class).migrate(added)));
        for (var thread : threads) thread.join();
        assertThat(server.bean(SchemaMigration.class).migrate(added).isEmpty()).isTrue();
    }

    @Test
    void anIndexThatIsNoLongerPlannedIsDroppedAndAForeignOneIsKept() {
        var catalogue = server.bean(Catalogue.class);
        execute("CREATE INDEX ix_o_contact_0badcafe ON o_contact (title)");
        execute("CREATE INDEX made_by_hand ON o_contact (title)");
        server.bean(SchemaMigration.class).migrate(catalogue);
        assertThat(explain("SELECT id FROM o_contact WHERE title = 'x'")).contains("made_by_hand");
        execute("DROP INDEX made_by_hand");
        assertThat(server.bean(SchemaMigration.class).migrate(catalogue).isEmpty())
                .isTrue();
        assertThat(explain("SELECT id FROM o_contact WHERE title = 'x'")).doesNotContain("0badcafe");
    }

    private void execute(String sql) {
        server.bean(Database.class).run(tx -> {
            try (var statement = tx.connection().createStatement()) {
                statement.execute(sql);
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Records of one stage or one owner come by their last change straight from an index, and so do all by stage or owner. */
    @TestFactory
    Stream<DynamicTest> everyValueSharedByManyIsListedByItsIndex() {
        return server.bean(Catalogue.class).all().stream()
                .flatMap(object -> object.fields().stream()
                        .filter(field -> field.isSharedByMany() && field.is(dev.rapport.metadata.Trait.FILTERABLE))
                        .map(field -> DynamicTest.dynamicTest(object.name() + " by " + field.name(), () -> {
                            var column = "\""
                                    + field.columnName(field.type().mainPart().suffix()) + "\"";
                            var plan =
                                    explain("SELECT id FROM " + object.table() + " WHERE deleted_at IS NULL ORDER BY "
                                            + column + " DESC, updated_at DESC, id DESC LIMIT 50");
                            assertThat(plan)
                                    .contains("Index")
                                    .doesNotContain("Sort Key")
                                    .doesNotContain("Seq Scan");
                        })));
    }

    private static ObjectDef object(String name) {
        var field = dev.rapport.metadata.Field.field(
                "name", new TextTypes.Text(), "Name", "名称", dev.rapport.metadata.Trait.FILTERABLE);
        var labels = new dev.rapport.kernel.Labels("X", "某");
        return ObjectDef.object(name, labels, labels).fields(field).build();
    }

    private static ObjectDef user() {
        return new dev.rapport.identity.UserObject().define();
    }

    /** With sorting forbidden, a plan without a sort shows that an index delivers the default order at any size. */
    @TestFactory
    Stream<DynamicTest> everyDefaultListIsReadInIndexOrder() {
        return server.bean(Catalogue.class).all().stream()
                .map(object -> DynamicTest.dynamicTest(object.name(), () -> {
                    var key = object.defaultSort().replaceFirst("^-", "");
                    var field = object.require(key);
                    var column = field.columnName(field.type().mainPart().suffix());
                    var direction = object.defaultSort().startsWith("-") ? " DESC" : "";
                    var plan = explain("SELECT id FROM " + object.table() + " WHERE deleted_at IS NULL ORDER BY "
                            + column + direction + ", id" + direction + " LIMIT 50");
                    assertThat(plan)
                            .contains("Index")
                            .doesNotContain("Sort Key")
                            .doesNotContain("Seq Scan");
                }));
    }

    private String explain(String sql) {
        return server.bean(Database.class).transact(tx -> {
            try (var statement = tx.connection().createStatement()) {
                statement.execute("SET LOCAL enable_sort = off");
                statement.execute("SET LOCAL enable_seqscan = off");
                var plan = new StringBuilder();
                try (var rows = statement.executeQuery("EXPLAIN " + sql)) {
                    while (rows.next()) plan.append(rows.getString(1)).append('\n');
                }
                return plan.toString();
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
    }
}
