#include "lowered.hpp"

#include <set>

using namespace lockstep::sql;
using namespace lockstep::test;

namespace {
struct Example {
  std::string_view kind;
  std::string_view sql;
};
} // namespace

/// One statement of each kind that the grammar can give at the top level.
static constexpr Example examples[] = {
    {"AlterCollationStmt", "ALTER COLLATION c REFRESH VERSION"},
    {"AlterDatabaseRefreshCollStmt", "ALTER DATABASE d REFRESH COLLATION VERSION"},
    {"AlterDatabaseSetStmt", "ALTER DATABASE d SET work_mem = '1MB'"},
    {"AlterDatabaseStmt", "ALTER DATABASE d CONNECTION LIMIT 5"},
    {"AlterDefaultPrivilegesStmt", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO bob"},
    {"AlterDomainStmt", "ALTER DOMAIN d SET NOT NULL"},
    {"AlterEnumStmt", "ALTER TYPE e ADD VALUE 'x'"},
    {"AlterEventTrigStmt", "ALTER EVENT TRIGGER e DISABLE"},
    {"AlterExtensionContentsStmt", "ALTER EXTENSION e ADD TABLE t"},
    {"AlterExtensionStmt", "ALTER EXTENSION e UPDATE"},
    {"AlterFdwStmt", "ALTER FOREIGN DATA WRAPPER w NO VALIDATOR"},
    {"AlterForeignServerStmt", "ALTER SERVER s VERSION '2'"},
    {"AlterFunctionStmt", "ALTER FUNCTION f() STABLE"},
    {"AlterObjectDependsStmt", "ALTER INDEX i DEPENDS ON EXTENSION e"},
    {"AlterObjectSchemaStmt", "ALTER TABLE t SET SCHEMA s"},
    {"AlterOpFamilyStmt", "ALTER OPERATOR FAMILY o USING btree DROP FUNCTION 1 (int, int)"},
    {"AlterOperatorStmt", "ALTER OPERATOR === (int, int) SET (RESTRICT = NONE)"},
    {"AlterOwnerStmt", "ALTER TYPE e OWNER TO bob"},
    {"AlterPolicyStmt", "ALTER POLICY p ON t TO bob"},
    {"AlterPublicationStmt", "ALTER PUBLICATION p ADD TABLE t"},
    {"AlterRoleSetStmt", "ALTER ROLE bob SET work_mem = '1MB'"},
    {"AlterRoleStmt", "ALTER ROLE bob LOGIN"},
    {"AlterSeqStmt", "ALTER SEQUENCE s RESTART"},
    {"AlterStatsStmt", "ALTER STATISTICS s SET STATISTICS 5"},
    {"AlterSubscriptionStmt", "ALTER SUBSCRIPTION s DISABLE"},
    {"AlterSystemStmt", "ALTER SYSTEM SET work_mem = '1MB'"},
    {"AlterTSConfigurationStmt", "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word"},
    {"AlterTSDictionaryStmt", "ALTER TEXT SEARCH DICTIONARY d (stopwords = x)"},
    {"AlterTableMoveAllStmt", "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b"},
    {"AlterTableSpaceOptionsStmt", "ALTER TABLESPACE s SET (seq_page_cost = 1)"},
    {"AlterTableStmt", "ALTER TABLE t ADD a int"},
    {"AlterTypeStmt", "ALTER TYPE t SET (STORAGE = plain)"},
    {"AlterUserMappingStmt", "ALTER USER MAPPING FOR bob SERVER s OPTIONS (SET a 'b')"},
    {"CallStmt", "CALL p()"},
    {"CheckPointStmt", "CHECKPOINT"},
    {"ClosePortalStmt", "CLOSE c"},
    {"ClusterStmt", "CLUSTER t USING i"},
    {"CommentStmt", "COMMENT ON TABLE t IS 'x'"},
    {"CompositeTypeStmt", "CREATE TYPE p AS (a int)"},
    {"ConstraintsSetStmt", "SET CONSTRAINTS ALL DEFERRED"},
    {"CopyStmt", "COPY t FROM STDIN"},
    {"CreateAmStmt", "CREATE ACCESS METHOD a TYPE INDEX HANDLER h"},
    {"CreateCastStmt", "CREATE CAST (int AS app.t) WITHOUT FUNCTION"},
    {"CreateConversionStmt", "CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM f"},
    {"CreateDomainStmt", "CREATE DOMAIN d AS int"},
    {"CreateEnumStmt", "CREATE TYPE e AS ENUM ('a')"},
    {"CreateEventTrigStmt", "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()"},
    {"CreateExtensionStmt", "CREATE EXTENSION e"},
    {"CreateFdwStmt", "CREATE FOREIGN DATA WRAPPER w"},
    {"CreateForeignServerStmt", "CREATE SERVER s FOREIGN DATA WRAPPER w"},
    {"CreateForeignTableStmt", "CREATE FOREIGN TABLE t (a int) SERVER s"},
    {"CreateFunctionStmt", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"},
    {"CreateOpClassStmt", "CREATE OPERATOR CLASS o FOR TYPE t USING btree AS OPERATOR 1 <"},
    {"CreateOpFamilyStmt", "CREATE OPERATOR FAMILY o USING btree"},
    {"CreatePLangStmt", "CREATE LANGUAGE l HANDLER h"},
    {"CreatePolicyStmt", "CREATE POLICY p ON t"},
    {"CreatePublicationStmt", "CREATE PUBLICATION p FOR ALL TABLES"},
    {"CreateRangeStmt", "CREATE TYPE r AS RANGE (SUBTYPE = int)"},
    {"CreateRoleStmt", "CREATE USER bob"},
    {"CreateSchemaStmt", "CREATE SCHEMA s"},
    {"CreateSeqStmt", "CREATE SEQUENCE s"},
    {"CreateStatsStmt", "CREATE STATISTICS s ON a, b FROM t"},
    {"CreateStmt", "CREATE TABLE t ()"},
    {"CreateSubscriptionStmt", "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p"},
    {"CreateTableAsStmt", "CREATE TABLE t AS SELECT 1"},
    {"CreateTableSpaceStmt", "CREATE TABLESPACE s LOCATION '/x'"},
    {"CreateTransformStmt",
     "CREATE TRANSFORM FOR t LANGUAGE l (FROM SQL WITH FUNCTION f(internal))"},
    {"CreateTrigStmt", "CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION f()"},
    {"CreateUserMappingStmt", "CREATE USER MAPPING FOR bob SERVER s"},
    {"CreatedbStmt", "CREATE DATABASE d"},
    {"DeallocateStmt", "DEALLOCATE ALL"},
    {"DeclareCursorStmt", "DECLARE c CURSOR FOR SELECT 1"},
    {"DefineStmt", "CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)"},
    {"DeleteStmt", "DELETE FROM t"},
    {"DiscardStmt", "DISCARD ALL"},
    {"DoStmt", "DO $$ BEGIN END $$"},
    {"DropOwnedStmt", "DROP OWNED BY bob"},
    {"DropRoleStmt", "DROP ROLE bob"},
    {"DropStmt", "DROP TABLE t"},
    {"DropSubscriptionStmt", "DROP SUBSCRIPTION s"},
    {"DropTableSpaceStmt", "DROP TABLESPACE s"},
    {"DropUserMappingStmt", "DROP USER MAPPING FOR bob SERVER s"},
    {"DropdbStmt", "DROP DATABASE d"},
    {"ExecuteStmt", "EXECUTE q"},
    {"ExplainStmt", "EXPLAIN SELECT 1"},
    {"FetchStmt", "FETCH ALL FROM c"},
    {"GrantRoleStmt", "GRANT a TO b"},
    {"GrantStmt", "GRANT SELECT ON t TO bob"},
    {"ImportForeignSchemaStmt", "IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b"},
    {"IndexStmt", "CREATE INDEX i ON t (a)"},
    {"InsertStmt", "INSERT INTO t VALUES (1)"},
    {"ListenStmt", "LISTEN c"},
    {"LoadStmt", "LOAD 'x'"},
    {"LockStmt", "LOCK t"},
    {"MergeStmt", "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE"},
    {"NotifyStmt", "NOTIFY c"},
    {"PrepareStmt", "PREPARE q AS SELECT 1"},
    {"ReassignOwnedStmt", "REASSIGN OWNED BY a TO b"},
    {"RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW v"},
    {"ReindexStmt", "REINDEX TABLE t"},
    {"RenameStmt", "ALTER TABLE t RENAME TO u"},
    {"RuleStmt", "CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING"},
    {"SecLabelStmt", "SECURITY LABEL ON TABLE t IS 'x'"},
    {"SelectStmt", "SELECT 1"},
    {"TransactionStmt", "COMMIT"},
    {"TruncateStmt", "TRUNCATE t"},
    {"UnlistenStmt", "UNLISTEN *"},
    {"UpdateStmt", "UPDATE t SET a = 1"},
    {"VacuumStmt", "VACUUM t"},
    {"VariableSetStmt", "SET work_mem = '1MB'"},
    {"VariableShowStmt", "SHOW work_mem"},
    {"ViewStmt", "CREATE VIEW v AS SELECT 1"},
};

/// Those that change neither schema nor data nor locks.
static const std::set<std::string_view> without_effect{
    "CheckPointStmt", "ClosePortalStmt", "ConstraintsSetStmt", "DeallocateStmt", "FetchStmt",
    "ListenStmt",     "LoadStmt",        "NotifyStmt",         "UnlistenStmt",   "VariableShowStmt",
};

TEST_CASE("every statement kind of the grammar is lowered or deliberately without effect") {
  std::set<std::string_view> seen;
  for (const Example &example : examples) {
    INFO(example.sql);
    Script script = parseScript(example.sql);
    REQUIRE(script.problems.empty());
    REQUIRE(script.statements.size() == 1);
    const Statement &statement = *script.statements[0];
    CHECK(statement.kind == example.kind);
    REQUIRE_FALSE(statement.ops.empty());
    for (const Op &op : statement.ops) {
      CHECK_FALSE(std::holds_alternative<Unmodelled>(op));
      CHECK(std::holds_alternative<NoEffect>(op) == without_effect.contains(example.kind));
      CHECK(statement.range.contains(whereOf(op)));
    }
    CHECK(seen.insert(example.kind).second);
  }
  // RETURN stands in function bodies only.
  CHECK(seen.size() == 112);
}

TEST_CASE("objects outside of schemas say what refuses a transaction block") {
  auto refuses = [](std::string_view sql) { return only<ObjectDdl>(sql).refuses_transaction; };
  CHECK(refuses("CREATE DATABASE d"));
  CHECK(refuses("CREATE TABLESPACE s LOCATION '/x'"));
  CHECK(refuses("ALTER SYSTEM SET work_mem = '1MB'"));
  CHECK(refuses("ALTER DATABASE d SET TABLESPACE s"));
  CHECK_FALSE(refuses("ALTER DATABASE d CONNECTION LIMIT 3"));
  CHECK(refuses("CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p"));
  CHECK_FALSE(
      refuses("CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = off)"));
  CHECK(refuses("ALTER SUBSCRIPTION s REFRESH PUBLICATION"));
  CHECK_FALSE(refuses("ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)"));
  CHECK_FALSE(refuses("CREATE ROLE bob"));
}

TEST_CASE("object DDL keeps kind, action and name") {
  auto op = only<ObjectDdl>("CREATE TEXT SEARCH CONFIGURATION app.c (COPY = simple)");
  CHECK(op.kind == ObjectKind::text_search_configuration);
  CHECK(op.action == DdlAction::create);
  REQUIRE(op.names.size() == 1);
  CHECK(op.names[0] == QualifiedName{"app", "c", {}});
  auto cast = only<ObjectDdl>("CREATE CAST (bigint AS app.t) WITHOUT FUNCTION");
  CHECK(cast.names[0].name == "bigint as app.t");
  CHECK(only<ObjectDdl>("ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT ALL ON TABLES TO bob").kind ==
        ObjectKind::default_privileges);
  CHECK(only<ObjectDdl>("DROP OWNED BY a, b").names.size() == 2);
  CHECK(only<ObjectDdl>("GRANT a, b TO c").names.size() == 2);
}

TEST_CASE("publications know tables and schemas") {
  auto create = only<Publication>("CREATE PUBLICATION p FOR TABLE a, app.b, TABLES IN SCHEMA s, r");
  CHECK(create.action == DdlAction::create);
  REQUIRE(create.tables.size() == 2);
  CHECK(create.tables[1] == QualifiedName{"app", "b", {}});
  CHECK(create.schemas == std::vector<std::string>{"s", "r"});
  CHECK(only<Publication>("CREATE PUBLICATION p FOR ALL TABLES").all_tables);
  auto drop = only<Publication>("ALTER PUBLICATION p DROP TABLE a, b");
  CHECK((drop.action == DdlAction::alter && drop.change == 'd' && drop.tables.size() == 2));
}

TEST_CASE("extensions keep schema and cascade") {
  auto op = only<CreateExtension>("CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA app CASCADE");
  CHECK((op.extension == "pgcrypto" && op.schema == "app" && op.if_not_exists && op.cascade));
}
