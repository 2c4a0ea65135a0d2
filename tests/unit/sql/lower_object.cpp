#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

using Texts = std::vector<std::string>;

TEST_CASE("each dropped object is an op at its name") {
  std::string sql = "DROP TABLE IF EXISTS a, app . \"B\" CASCADE";
  std::vector<Op> ops = lowered(sql);
  REQUIRE(ops.size() == 2);
  const auto &a = std::get<DropObject>(ops[0]), &b = std::get<DropObject>(ops[1]);
  CHECK((a.kind == ObjectKind::table && a.if_exists && a.cascade && a.several));
  CHECK(slice(sql, a.where) == "a");
  CHECK(b.name == QualifiedName{"app", "B", {}});
  CHECK(slice(sql, b.where) == "app . \"B\"");
}

TEST_CASE("DROP names every kind of object") {
  auto is = [](std::string_view sql, ObjectKind kind, QualifiedName name) {
    INFO(sql);
    auto op = only<DropObject>(sql);
    CHECK(op.kind == kind);
    CHECK(op.name == name);
    CHECK_FALSE(op.several);
    CHECK(slice(sql, op.where).back() ==
          (name.name.find(' ') == std::string::npos ? name.name.back() : ')'));
  };
  is("DROP TABLE app.t", ObjectKind::table, {"app", "t", {}});
  is("DROP VIEW v", ObjectKind::view, {"", "v", {}});
  is("DROP MATERIALIZED VIEW v", ObjectKind::materialized_view, {"", "v", {}});
  is("DROP FOREIGN TABLE f", ObjectKind::foreign_table, {"", "f", {}});
  is("DROP SEQUENCE s", ObjectKind::sequence, {"", "s", {}});
  is("DROP INDEX CONCURRENTLY IF EXISTS app.i", ObjectKind::index, {"app", "i", {}});
  is("DROP SCHEMA s", ObjectKind::schema, {"", "s", {}});
  is("DROP TYPE app.e", ObjectKind::type, {"app", "e", {}});
  is("DROP DOMAIN d", ObjectKind::domain, {"", "d", {}});
  is("DROP EXTENSION x", ObjectKind::extension, {"", "x", {}});
  is("DROP FUNCTION app.f", ObjectKind::function, {"app", "f", {}});
  is("DROP PROCEDURE p(int)", ObjectKind::procedure, {"", "p", {}});
  is("DROP ROUTINE r", ObjectKind::routine, {"", "r", {}});
  is("DROP AGGREGATE a(int)", ObjectKind::aggregate, {"", "a", {}});
  is("DROP OPERATOR FAMILY app.o USING btree", ObjectKind::operator_family, {"app", "o", {}});
  is("DROP OPERATOR CLASS o USING btree", ObjectKind::operator_class, {"", "o", {}});
  is("DROP COLLATION c", ObjectKind::collation, {"", "c", {}});
  is("DROP CONVERSION c", ObjectKind::conversion, {"", "c", {}});
  is("DROP STATISTICS app.s", ObjectKind::statistics, {"app", "s", {}});
  is("DROP TEXT SEARCH CONFIGURATION c", ObjectKind::text_search_configuration, {"", "c", {}});
  is("DROP EVENT TRIGGER e", ObjectKind::event_trigger, {"", "e", {}});
  is("DROP ACCESS METHOD a", ObjectKind::access_method, {"", "a", {}});
  is("DROP FOREIGN DATA WRAPPER w", ObjectKind::foreign_data_wrapper, {"", "w", {}});
  is("DROP SERVER s", ObjectKind::foreign_server, {"", "s", {}});
  is("DROP PROCEDURAL LANGUAGE l", ObjectKind::language, {"", "l", {}});
  is("DROP PUBLICATION p", ObjectKind::publication, {"", "p", {}});
  is("DROP SUBSCRIPTION s", ObjectKind::subscription, {"", "s", {}});
  is("DROP DATABASE IF EXISTS d", ObjectKind::database, {"", "d", {}});
  is("DROP TABLESPACE s", ObjectKind::tablespace, {"", "s", {}});
  is("DROP USER bob", ObjectKind::role, {"", "bob", {}});
  is("DROP CAST (int AS app.t)", ObjectKind::cast, {"", "integer as app.t", {}});
}

TEST_CASE("triggers, policies and rules are dropped from a table") {
  std::string sql = "DROP TRIGGER IF EXISTS x ON app.t";
  auto op = only<DropObject>(sql);
  CHECK((op.name.name == "x" && op.on_table == QualifiedName{"app", "t", {}}));
  CHECK(slice(sql, op.where) == "x");
  CHECK(slice(sql, op.on_table.where) == "app.t");
  CHECK(only<DropObject>("DROP POLICY p ON t").kind == ObjectKind::policy);
  CHECK(only<DropObject>("DROP RULE r ON t").on_table.name == "t");
}

TEST_CASE("functions are dropped by their arguments") {
  std::vector<Op> ops = lowered("DROP FUNCTION f(int, text), app.g, h()");
  REQUIRE(ops.size() == 3);
  const auto &f = std::get<DropObject>(ops[0]);
  CHECK((f.has_arguments && f.arguments.size() == 2 && sqlType(f.arguments[0]) == "integer"));
  CHECK_FALSE(std::get<DropObject>(ops[1]).has_arguments);
  CHECK(std::get<DropObject>(ops[2]).has_arguments);
  CHECK(lowered("DROP ROLE a, b").size() == 2);
}

TEST_CASE("renames of objects and of their parts") {
  auto is = [](std::string_view sql, ObjectKind kind, ObjectKind owner, QualifiedName name,
               std::string_view part, std::string_view new_name) {
    INFO(sql);
    auto op = only<RenameObject>(sql);
    CHECK(op.kind == kind);
    CHECK(op.relation_kind == owner);
    CHECK(op.name == name);
    CHECK(op.part == part);
    CHECK(op.new_name == new_name);
    CHECK(slice(sql, op.name.where).find(name.name) != std::string::npos);
  };
  using enum ObjectKind;
  is("ALTER TABLE app.t RENAME TO u", table, table, {"app", "t", {}}, "", "u");
  is("ALTER TABLE t RENAME COLUMN a TO b", column, table, {"", "t", {}}, "a", "b");
  is("ALTER VIEW v RENAME a TO b", column, view, {"", "v", {}}, "a", "b");
  is("ALTER TABLE t RENAME CONSTRAINT a TO b", constraint, table, {"", "t", {}}, "a", "b");
  is("ALTER INDEX i RENAME TO j", index, index, {"", "i", {}}, "", "j");
  is("ALTER SEQUENCE s RENAME TO r", sequence, sequence, {"", "s", {}}, "", "r");
  is("ALTER TYPE app.e RENAME TO f", type, type, {"app", "e", {}}, "", "f");
  is("ALTER TYPE p RENAME ATTRIBUTE a TO b", type_attribute, type, {"", "p", {}}, "a", "b");
  is("ALTER DOMAIN d RENAME CONSTRAINT a TO b", domain_constraint, domain, {"", "d", {}}, "a", "b");
  is("ALTER SCHEMA s RENAME TO r", schema, schema, {"", "s", {}}, "", "r");
  is("ALTER ROLE a RENAME TO b", role, role, {"", "a", {}}, "", "b");
  is("ALTER DATABASE a RENAME TO b", database, database, {"", "a", {}}, "", "b");
  is("ALTER FUNCTION app.f(int) RENAME TO g", function, function, {"app", "f", {}}, "", "g");
  is("ALTER TRIGGER x ON t RENAME TO y", trigger, table, {"", "t", {}}, "x", "y");
  is("ALTER POLICY x ON t RENAME TO y", policy, table, {"", "t", {}}, "x", "y");
  is("ALTER RULE x ON t RENAME TO y", rule, table, {"", "t", {}}, "x", "y");
  is("ALTER TEXT SEARCH PARSER a RENAME TO b", text_search_parser, text_search_parser,
     {"", "a", {}}, "", "b");
  is("ALTER SERVER a RENAME TO b", foreign_server, foreign_server, {"", "a", {}}, "", "b");
  CHECK(only<RenameObject>("ALTER TABLE IF EXISTS ONLY t RENAME a TO b").only);
}

TEST_CASE("SET SCHEMA and OWNER TO") {
  auto schema = only<SetSchema>("ALTER TABLE IF EXISTS a.t SET SCHEMA b");
  CHECK((schema.kind == ObjectKind::table && schema.if_exists && schema.new_schema == "b"));
  auto function = only<SetSchema>("ALTER FUNCTION f(int) SET SCHEMA b");
  CHECK((function.kind == ObjectKind::function && function.arguments.size() == 1));
  auto owner = only<ChangeOwner>("ALTER TYPE app.e OWNER TO bob");
  CHECK((owner.kind == ObjectKind::type && owner.name.name == "e" && owner.owner == "bob"));
  CHECK(only<ChangeOwner>("ALTER SCHEMA s OWNER TO CURRENT_USER").owner == "current_user");
}

TEST_CASE("comments know object and part") {
  auto column = only<Comment>("COMMENT ON COLUMN app.t.a IS 'it''s'");
  CHECK((column.kind == ObjectKind::column && column.name == QualifiedName{"app", "t", {}}));
  CHECK((column.part == "a" && column.text == "it's"));
  CHECK_FALSE(only<Comment>("COMMENT ON TABLE t IS NULL").text);
  auto constraint = only<Comment>("COMMENT ON CONSTRAINT c ON app.t IS 'x'");
  CHECK((constraint.part == "c" && constraint.name.name == "t"));
  CHECK(only<Comment>("COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'").name.name == "d");
  CHECK(only<Comment>("COMMENT ON FUNCTION f(int) IS 'x'").name.name == "f");
  CHECK(only<Comment>("COMMENT ON LARGE OBJECT 5 IS 'x'").name.name == "5");
}

TEST_CASE("grants") {
  auto op =
      only<Grant>("GRANT SELECT, UPDATE (a, \"B\") ON app.t, u TO bob, PUBLIC WITH GRANT OPTION");
  CHECK((op.is_grant && op.kind == ObjectKind::table && op.names.size() == 2 && op.grant_option));
  CHECK(op.privileges == Texts{"select", "update (a, \"B\")"});
  CHECK(op.grantees == Texts{"bob", "public"});
  std::string sql = "REVOKE ALL ON SCHEMA a, b FROM bob CASCADE";
  auto revoke = only<Grant>(sql);
  CHECK((!revoke.is_grant && revoke.cascade && revoke.privileges.empty()));
  CHECK((revoke.kind == ObjectKind::schema && slice(sql, revoke.names.at(1).where) == "b"));
  auto all = only<Grant>("GRANT ALL ON ALL TABLES IN SCHEMA a TO bob");
  CHECK((all.all_in_schema && all.names.at(0).name == "a"));
  CHECK(only<Grant>("GRANT EXECUTE ON FUNCTION app.f(int) TO bob").names.at(0).schema == "app");
}
