#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

using Texts = std::vector<std::string>;

TEST_CASE("views keep query and check option") {
  auto op = only<CreateView>("CREATE OR REPLACE TEMP VIEW v (x) WITH (security_barrier) AS "
                             "SELECT a FROM t WITH LOCAL CHECK OPTION");
  CHECK((op.or_replace && op.persistence == Persistence::temporary && op.columns == Texts{"x"}));
  CHECK((op.query.text == "SELECT a FROM t" && op.check_option == 'l'));
  CHECK(op.options.at(0).name == "security_barrier");
  CHECK(only<CreateView>("CREATE VIEW v AS SELECT 1 WITH CHECK OPTION").query.text == "SELECT 1");
  auto recursive =
      only<CreateView>("CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION SELECT n FROM v");
  CHECK((recursive.recursive && recursive.query.relations.empty()));
  auto refresh = only<RefreshMaterializedView>("REFRESH MATERIALIZED VIEW CONCURRENTLY app.v");
  CHECK((refresh.concurrently && refresh.with_data && refresh.view.schema == "app"));
}

TEST_CASE("sequences know type and owner") {
  auto op =
      only<CreateSequence>("CREATE SEQUENCE IF NOT EXISTS app.s AS int START 5 OWNED BY app.t.a");
  CHECK((op.if_not_exists && sqlType(op.type) == "integer"));
  CHECK((op.owned_by_table == QualifiedName{"app", "t", {}} && op.owned_by_column == "a"));
  auto alter = only<AlterSequence>("ALTER SEQUENCE IF EXISTS s RESTART WITH 7 OWNED BY NONE");
  CHECK((alter.if_exists && alter.owned_by_none && alter.owned_by_table.empty()));
  REQUIRE(alter.options.size() == 2);
  CHECK((alter.options[0].name == "restart" && alter.options[0].value == "7"));
}

TEST_CASE("types of all sorts") {
  std::string sql = "CREATE TYPE app.mood AS ENUM ('sad', 'it''s')";
  auto create = only<CreateEnum>(sql);
  CHECK((create.type == QualifiedName{"app", "mood", {}} && create.labels == Texts{"sad", "it's"}));
  CHECK(slice(sql, create.type.where) == "app.mood");
  auto add = only<AddEnumValue>("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' BEFORE 'sad'");
  CHECK((add.value == "ok" && add.neighbour == "sad" && !add.after && add.if_not_exists));
  auto rename = only<RenameEnumValue>("ALTER TYPE mood RENAME VALUE 'a' TO 'b'");
  CHECK((rename.value == "a" && rename.new_value == "b"));
  auto pair = only<CreateCompositeType>("CREATE TYPE pair AS (a int, b text COLLATE \"C\")");
  CHECK((pair.attributes.size() == 2 && pair.attributes[1].collation->name == "C"));
  CHECK(only<CreateBaseType>("CREATE TYPE r AS RANGE (SUBTYPE = int)").is_range);
  CHECK(only<CreateBaseType>("CREATE TYPE shell").is_shell);
}

TEST_CASE("domains") {
  std::string sql = "CREATE DOMAIN app.d AS text COLLATE \"C\" DEFAULT 'x' "
                    "CONSTRAINT k CHECK (VALUE <> '') NOT NULL";
  auto op = only<CreateDomain>(sql);
  CHECK((op.domain == QualifiedName{"app", "d", {}} && op.collation.name == "C"));
  CHECK(op.default_value->text == "'x'");
  REQUIRE(op.constraints.size() == 2);
  CHECK(slice(sql, op.constraints[0].where) == "CONSTRAINT k CHECK (VALUE <> '')");
  CHECK(op.constraints[0].expression->text == "VALUE <> ''");
  CHECK(slice(sql, op.constraints[1].where) == "NOT NULL");

  auto action = [](std::string_view text) { return only<AlterDomain>(text).action; };
  CHECK(action("ALTER DOMAIN d SET DEFAULT 1") == DomainAction::set_default);
  CHECK(action("ALTER DOMAIN d DROP DEFAULT") == DomainAction::drop_default);
  CHECK(action("ALTER DOMAIN d SET NOT NULL") == DomainAction::set_not_null);
  CHECK(action("ALTER DOMAIN d DROP NOT NULL") == DomainAction::drop_not_null);
  CHECK(action("ALTER DOMAIN d VALIDATE CONSTRAINT k") == DomainAction::validate_constraint);
  auto drop = only<AlterDomain>("ALTER DOMAIN d DROP CONSTRAINT IF EXISTS k CASCADE");
  CHECK((drop.action == DomainAction::drop_constraint && drop.if_exists && drop.cascade));
  auto add = only<AlterDomain>("ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID");
  REQUIRE(add.constraint);
  CHECK((add.constraint->name == "k" && add.constraint->not_valid));
}

TEST_CASE("CREATE SCHEMA is followed by its elements") {
  std::string sql =
      "CREATE SCHEMA s AUTHORIZATION bob CREATE TABLE t (a int) "
      "CREATE INDEX i ON t (a) CREATE VIEW v AS SELECT a FROM t GRANT SELECT ON t TO x";
  std::vector<Op> ops = lowered(sql);
  REQUIRE(ops.size() == 5);
  CHECK(std::get<CreateSchema>(ops[0]).owner == "bob");
  CHECK(std::get<CreateTable>(ops[1]).table == QualifiedName{"s", "t", {}});
  CHECK(slice(sql, whereOf(ops[1])) == "CREATE TABLE t (a int)");
  CHECK(std::get<CreateIndex>(ops[2]).table.schema == "s");
  CHECK(std::get<CreateView>(ops[3]).view.schema == "s");
  CHECK(std::get<CreateView>(ops[3]).query.text == "SELECT a FROM t");
  CHECK(slice(sql, whereOf(ops[4])) == "GRANT SELECT ON t TO x");
  std::vector<Op> unnamed = lowered("CREATE SCHEMA AUTHORIZATION bob CREATE TABLE t ()");
  CHECK(std::get<CreateTable>(unnamed.at(1)).table.schema == "bob");
}

TEST_CASE("triggers") {
  auto op =
      only<CreateTrigger>("CREATE OR REPLACE TRIGGER x BEFORE INSERT OR UPDATE OF a, b ON app.t "
                          "FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION app.f('y')");
  CHECK((op.or_replace && op.timing == 'b' && op.for_each_row));
  CHECK((op.on_insert && op.on_update && !op.on_delete && !op.on_truncate));
  CHECK((op.columns == Texts{"a", "b"} && op.condition->text == "new.a > 0"));
  CHECK(op.function == QualifiedName{"app", "f", {}});
  auto constraint =
      only<CreateTrigger>("CREATE CONSTRAINT TRIGGER x AFTER DELETE ON t FROM u DEFERRABLE "
                          "INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE f()");
  CHECK(
      (constraint.is_constraint && constraint.referenced.name == "u" && constraint.timing == 'a'));
  CHECK((constraint.deferrable && constraint.initially_deferred));
}

TEST_CASE("policies, rules and statistics") {
  auto policy =
      only<CreatePolicy>("CREATE POLICY p ON app.t AS RESTRICTIVE FOR UPDATE TO a, PUBLIC "
                         "USING (EXISTS (SELECT 1 FROM u WHERE u.id = t.id)) WITH CHECK (b)");
  CHECK((!policy.permissive && policy.command == "update" && policy.roles == Texts{"a", "public"}));
  REQUIRE(policy.using_expression);
  const Query &query = *policy.using_expression->root.query;
  CHECK(query.columns.at(1).relation == ColumnUse::of_target);
  CHECK(policy.check_expression->text == "b");
  CHECK(only<AlterPolicy>("ALTER POLICY p ON t USING (true)").using_expression->text == "true");

  auto rule =
      only<CreateRule>("CREATE RULE r AS ON UPDATE TO t WHERE old.a > 0 DO INSTEAD "
                       "(INSERT INTO log (x) VALUES (new.b); DELETE FROM u WHERE u.c = old.c)");
  CHECK((rule.event == "update" && rule.instead));
  Texts found;
  for (const ColumnUse &use : rule.query.columns)
    found.push_back(std::to_string(use.relation) + "." + use.name);
  CHECK(found == Texts{"-2.a", "0.x", "-2.b", "1.c", "-2.c"});

  auto statistics =
      only<CreateStatistics>("CREATE STATISTICS app.s (mcv) ON a, (b + 1), c FROM app.t");
  CHECK((statistics.statistics.name == "s" && statistics.columns == Texts{"a", "c"}));
  CHECK(statistics.table == QualifiedName{"app", "t", {}});
}
