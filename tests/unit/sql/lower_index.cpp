#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

using Texts = std::vector<std::string>;

TEST_CASE("CREATE INDEX keeps its parts") {
  std::string sql = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY app.t USING gin "
                    "(a COLLATE \"C\" app.text_ops DESC NULLS LAST, lower(b), ((c + 1)) ASC) "
                    "INCLUDE (d, e) NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast "
                    "WHERE (f IS NULL)";
  auto op = only<CreateIndex>(sql);
  CHECK((op.name == "i" && op.table == QualifiedName{"app", "t", {}}));
  CHECK((op.unique && op.concurrently && op.if_not_exists && op.only && op.nulls_not_distinct));
  CHECK((op.method == "gin" && op.tablespace == "fast" && op.options.size() == 1));
  REQUIRE(op.elements.size() == 3);
  CHECK((op.elements[0].column == "a" && op.elements[0].descending));
  CHECK((op.elements[0].collation->name == "C" && op.elements[0].opclass->schema == "app"));
  CHECK(op.elements[0].nulls_first == false);
  CHECK((op.elements[1].expression->text == "lower(b)" && !op.elements[1].nulls_first));
  CHECK((op.elements[2].expression->text == "c + 1" && !op.elements[2].descending));
  CHECK(op.include == Texts{"d", "e"});
  CHECK(op.predicate->text == "f IS NULL");
}

TEST_CASE("CONCURRENTLY may be inserted just after INDEX") {
  std::string sql = "CREATE INDEX ON t (a)";
  auto op = only<CreateIndex>(sql);
  CHECK((op.name.empty() && op.method.empty() && !op.concurrently));
  CHECK(op.concurrently_at == Range{12, 12});
  sql.insert(op.concurrently_at.begin, " CONCURRENTLY");
  CHECK(only<CreateIndex>(sql).concurrently);
}

TEST_CASE("REINDEX and CLUSTER") {
  auto index = only<Reindex>("REINDEX (VERBOSE, TABLESPACE fast) INDEX CONCURRENTLY app.i");
  CHECK((index.kind == ReindexKind::index && index.concurrently && index.tablespace == "fast"));
  CHECK(index.name == QualifiedName{"app", "i", {}});
  CHECK_FALSE(only<Reindex>("REINDEX (CONCURRENTLY false) TABLE t").concurrently);
  auto schema = only<Reindex>("REINDEX SCHEMA app");
  CHECK((schema.kind == ReindexKind::schema && schema.name.name == "app"));
  CHECK(only<Reindex>("REINDEX DATABASE").name.empty());
  auto cluster = only<Cluster>("CLUSTER (VERBOSE) t USING i");
  CHECK((cluster.table.name == "t" && cluster.index == "i"));
  CHECK(only<Cluster>("CLUSTER").table.empty());
}

TEST_CASE("VACUUM and ANALYZE read their options") {
  auto op = only<Vacuum>("VACUUM (FULL, ANALYZE) a (x, y), app.b");
  CHECK((op.vacuum && op.full && op.analyze && op.targets.size() == 2));
  CHECK(op.targets[0].columns == Texts{"x", "y"});
  CHECK_FALSE(only<Vacuum>("VACUUM (FULL false) t").full);
  CHECK(only<Vacuum>("VACUUM FULL VERBOSE t").full);
  auto analyze = only<Vacuum>("ANALYZE t");
  CHECK((!analyze.vacuum && analyze.analyze));
  CHECK(only<Vacuum>("VACUUM").targets.empty());
}
