// What the server sees under each execution model, and what is known of a migration's neighbours.
#include "history/simulation.hpp"

#include "history/formats/format.hpp"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <memory>

using namespace lockstep::history;

namespace {
/// A history in memory.
class Simulated {
public:
  explicit Simulated(std::string_view framework = "plain",
                     ExecutionModel model = ExecutionModel::tx_file) {
    history_.framework = framework;
    history_.format = formatNamed(framework);
    history_.execution = model;
  }

  Migration &add(const std::string &path, std::string text) {
    texts_[path] = std::move(text);
    Migration &migration = history_.migrations.emplace_back();
    migration.version = path.substr(0, path.find('_'));
    migration.files.push_back({.path = path});
    return migration;
  }
  void addDown(const std::string &path, std::string text) {
    texts_[path] = std::move(text);
    history_.migrations.back().files.push_back({.path = path, .direction = Direction::down});
  }
  void addIncluded(const std::string &path, std::string text) {
    texts_[path] = std::move(text);
    history_.migrations.back().files.push_back({.path = path, .included = true});
  }

  template <class Visit> void forEachStep(Visit &&visit) {
    SimulationSink sink;
    sink.change_set = [&](const std::shared_ptr<const ChangeSet> &set) {
      for (const StatementStep &step : set->statements)
        visit(step);
    };
    run(sink);
  }
  /// The standing of each file, by path.
  std::map<std::string, Standing> standings() {
    std::map<std::string, Standing> found;
    SimulationSink sink;
    sink.file = [&](const FileReading &reading) { found[reading.file->path] = reading.standing; };
    run(sink);
    return found;
  }
  void run(const SimulationSink &sink) {
    simulate(
        history_, options, reporting,
        [&](const std::string &path) -> Result<std::string> { return texts_.at(path); }, sink);
  }

  SimulationOptions options = [] {
    SimulationOptions made;
    made.effects.postgres = 15;
    return made;
  }();
  Reporting reporting;

private:
  History history_;
  std::map<std::string, std::string> texts_;
};
} // namespace

/// Whether the server refuses the statement that names `index`, as the rule asks.
static bool refuses(ExecutionModel model, const std::string &text, const std::string &what) {
  Simulated simulated("plain", model);
  simulated.add("1_a.sql", text);
  bool refused = false;
  simulated.forEachStep([&](const StatementStep &step) {
    if (step.source->slice(step.statement->range).find(what) != std::string_view::npos)
      refused = !step.effects.total().in_transaction && step.in_transaction == Certainty::yes;
  });
  return refused;
}

TEST_CASE("which models let a statement run that refuses a transaction") {
  using enum ExecutionModel;
  for (std::string statement :
       {"CREATE INDEX CONCURRENTLY i ON t (a)", "DROP INDEX CONCURRENTLY i", "VACUUM t",
        "REINDEX INDEX CONCURRENTLY i", "ALTER TABLE p DETACH PARTITION t CONCURRENTLY"}) {
    INFO(statement);
    std::string one = statement + ";";
    std::string two = "SELECT 1;\n" + statement + ";";
    CHECK(refuses(tx_all, one, statement));
    CHECK(refuses(tx_file, one, statement));
    CHECK_FALSE(refuses(implicit, one, statement));
    CHECK(refuses(implicit, two, statement));
    CHECK(refuses(pipeline, two, statement));
    CHECK_FALSE(refuses(autocommit, one, statement));
    CHECK_FALSE(refuses(autocommit, two, statement));
    CHECK_FALSE(refuses(unknown, two, statement));
    // What the file says itself beats the model.
    CHECK(refuses(autocommit, "BEGIN;\n" + two + "\nCOMMIT;", statement));
    CHECK(refuses(unknown, "BEGIN;\n" + two + "\nCOMMIT;", statement));
    CHECK_FALSE(refuses(tx_file, "COMMIT;\n" + one, statement));
  }
}

TEST_CASE("locks are held until the model's transaction ends") {
  auto heldUntilOf = [](ExecutionModel model, const std::string &text) {
    Simulated simulated("plain", model);
    simulated.add("1_a.sql", text);
    HeldUntil until = HeldUntil::unknown;
    simulated.forEachStep([&](const StatementStep &step) {
      if (step.statement->kind == "AlterTableStmt")
        until = step.held_until;
    });
    return until;
  };
  std::string alter = "ALTER TABLE t ADD COLUMN a int; SELECT 1;";
  CHECK(heldUntilOf(ExecutionModel::tx_all, alter) == HeldUntil::change_set);
  CHECK(heldUntilOf(ExecutionModel::tx_file, alter) == HeldUntil::unit);
  CHECK(heldUntilOf(ExecutionModel::implicit, alter) == HeldUntil::unit);
  CHECK(heldUntilOf(ExecutionModel::pipeline, alter) == HeldUntil::unit);
  CHECK(heldUntilOf(ExecutionModel::autocommit, alter) == HeldUntil::statement);
  CHECK(heldUntilOf(ExecutionModel::unknown, alter) == HeldUntil::unknown);
  CHECK(heldUntilOf(ExecutionModel::unknown, "BEGIN;" + alter + "COMMIT;") ==
        HeldUntil::transaction);
}

TEST_CASE("two migrations of one version, where the runner minds") {
  auto duplicates = [](std::string_view framework) {
    Simulated simulated(framework);
    simulated.add("0002_a.sql", "SELECT 1;");
    simulated.add("2_b.sql", "SELECT 1;");
    return simulated.standings()["2_b.sql"].same_version != nullptr;
  };
  CHECK(duplicates("goose"));
  CHECK(duplicates("golang-migrate"));
  CHECK_FALSE(duplicates("plain"));
  CHECK_FALSE(duplicates("sql-migrate"));
}

TEST_CASE("a new migration before one that is outside the change set") {
  Simulated simulated("goose");
  simulated.add("1_a.sql", "-- +goose Up\nSELECT 1;");
  simulated.add("2_b.sql", "-- +goose Up\nSELECT 1;");
  simulated.add("3_c.sql", "-- +goose Up\nSELECT 1;");
  simulated.add("4_d.sql", "-- +goose Up\nSELECT 1;");
  simulated.options.members =
      std::make_shared<const ChangeSetMembers>(ChangeSetMembers{false, true, false, true});
  auto standings = simulated.standings();
  CHECK(standings["1_a.sql"].overtaken_by == nullptr);
  REQUIRE(standings["2_b.sql"].overtaken_by != nullptr);
  CHECK(standings["2_b.sql"].overtaken_by->version == "3");
  CHECK(standings["4_d.sql"].overtaken_by == nullptr);

  // One that was there before is not new, wherever it stands.
  simulated.reporting.text_before = [](const MigrationFile &) {
    return std::optional<std::string>("-- +goose Up\nSELECT 1;");
  };
  CHECK(simulated.standings()["2_b.sql"].overtaken_by == nullptr);
}

static std::optional<Range> changeOf(std::string_view framework, const std::string &before,
                                     const std::string &now) {
  Simulated simulated(framework);
  simulated.add("1_a.sql", now);
  simulated.options.members = std::make_shared<const ChangeSetMembers>(ChangeSetMembers{true});
  simulated.reporting.text_before = [&](const MigrationFile &) {
    return std::optional<std::string>(before);
  };
  return simulated.standings()["1_a.sql"].changed;
}

TEST_CASE("a changed text that servers may have run") {
  std::string before = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n";
  CHECK_FALSE(changeOf("goose", before, before));
  std::optional<Range> change =
      changeOf("goose", before, "-- +goose Up\nSELECT 3;\n-- +goose Down\nSELECT 2;\n");
  REQUIRE(change);
  CHECK(change->begin == 13);
  CHECK(change->end == 22);
  CHECK_FALSE(changeOf("goose", before, "-- A.\n" + before));
  CHECK_FALSE(changeOf("goose", before, before + "-- And more.\n"));
  CHECK_FALSE(changeOf("goose", before, "-- +goose Up\nSELECT 1;\n"));
  // Who records checksums minds each byte.
  CHECK(changeOf("sqlx", "SELECT 1;", "SELECT 1; -- one"));
  CHECK(changeOf("sqlx", "SELECT 1;\n", "SELECT 1;"));
  CHECK(changeOf("sqlx", "SELECT 1;\n", ""));
}

TEST_CASE("new change-sets of a Liquibase file are nothing that has run") {
  std::string head = "--liquibase formatted sql\n";
  std::string first = "--changeset a:1\nCREATE TABLE t (id int);\n";
  std::string second = "--changeset a:2\nALTER TABLE t ADD COLUMN a int;\n";
  std::string view =
      "--changeset a:v runOnChange:true\nCREATE OR REPLACE VIEW v AS SELECT a FROM t;\n";
  CHECK_FALSE(changeOf("liquibase", head + first, head + first + second));
  CHECK_FALSE(changeOf("liquibase", head + first + view,
                       head + first +
                           "--changeset a:v runOnChange:true\n"
                           "CREATE OR REPLACE VIEW v AS SELECT b FROM t;\n"));
  std::optional<Range> change =
      changeOf("liquibase", head + first, head + "--changeset a:1\nCREATE TABLE t (id bigint);\n");
  REQUIRE(change);
  CHECK(change->begin == head.size() + 16);
}

TEST_CASE("files that another one includes run at their place, in its session") {
  Simulated simulated("psql", ExecutionModel::autocommit);
  simulated.add("1_a.sql", "SELECT 1;\nBEGIN;\n\\i parts/b.sql\nSELECT 2;\nCOMMIT;\n");
  simulated.addIncluded("db/parts/b.sql", "SELECT 3;\n\\ir c.sql\n\\ir b.sql\n");
  simulated.addIncluded("db/parts/c.sql", "SELECT 4;\n");
  std::string order;
  simulated.forEachStep([&](const StatementStep &step) {
    order += std::string(step.source->slice(step.statement->range)) +
             (step.in_transaction == Certainty::yes ? " in a transaction" : "") + "\n";
  });
  CHECK(order == "SELECT 1\nBEGIN\nSELECT 3 in a transaction\nSELECT 4 in a transaction\nSELECT 2 "
                 "in a transaction\nCOMMIT in a transaction\n");
}

TEST_CASE("psql joins statements into one message") {
  Simulated simulated("psql", ExecutionModel::autocommit);
  simulated.add("1_a.sql", "SELECT 1;\nSELECT 2 \\; SELECT 3;\nSELECT 4;\n");
  std::string joined;
  simulated.forEachStep([&](const StatementStep &step) {
    joined += step.in_transaction == Certainty::yes ? "1" : "0";
  });
  CHECK(joined == "0110");
}

TEST_CASE("a message right behind another has a transaction of its own") {
  Simulated simulated("psql", ExecutionModel::autocommit);
  simulated.add("1_a.sql", "SELECT 1 \\; SELECT 2;\nSELECT 3 \\; SELECT 4;\n");
  std::vector<uint32_t> ids;
  simulated.forEachStep([&](const StatementStep &step) { ids.push_back(step.transaction->id); });
  REQUIRE(ids.size() == 4);
  CHECK(ids[0] == ids[1]);
  CHECK(ids[1] != ids[2]);
  CHECK(ids[2] == ids[3]);
}

TEST_CASE("the first statement of a pipeline may be one that refuses a transaction") {
  CHECK_FALSE(refuses(ExecutionModel::pipeline, "VACUUM t; SELECT 1;", "VACUUM"));
  CHECK(refuses(ExecutionModel::pipeline, "SELECT 1; VACUUM t;", "VACUUM"));
}

TEST_CASE("what a down part takes back is told with it") {
  Simulated simulated("plain");
  simulated.add("1_a.sql", "CREATE TABLE t (id int);");
  simulated.addDown("1_a.down.sql", "DROP TABLE t;");
  simulated.reporting.down = true;
  simulated.reporting.up = false;
  SimulationSink sink;
  int sets = 0;
  sink.change_set = [&](const std::shared_ptr<const ChangeSet> &complete) {
    const ChangeSet &set = *complete;
    ++sets;
    REQUIRE(set.undone);
    CHECK(set.direction == Direction::down);
    CHECK(set.undone->migration->version == "1");
    CHECK(set.undone->before.relations().empty());
    REQUIRE(set.undone->up->statements.size() == 1);
    CHECK(set.undone->up->after.relations().size() == 1);
    CHECK(set.after.relations().empty());
  };
  simulated.run(sink);
  CHECK(sets == 1);
}

TEST_CASE("a table that is used before it is made") {
  auto usedBefore = [](const std::string &first, const std::string &second) {
    Simulated simulated("plain");
    simulated.add("1_a.sql", first);
    simulated.add("2_b.sql", second);
    bool used = false;
    simulated.forEachStep([&](const StatementStep &step) { used = used || step.used_before; });
    return used;
  };
  std::string make = "CREATE TABLE t (id int);";
  CHECK(usedBefore("ALTER TABLE t ADD COLUMN a int;", make));
  CHECK(usedBefore("CREATE TABLE s (t int REFERENCES t (id));", make));
  CHECK(usedBefore("INSERT INTO t SELECT 1;", make));
  CHECK_FALSE(usedBefore(make, "ALTER TABLE t ADD COLUMN a int;"));
  CHECK_FALSE(usedBefore("ALTER TABLE IF EXISTS t ADD COLUMN a int;", make));
  CHECK_FALSE(usedBefore("DROP TABLE IF EXISTS t;", make));
  CHECK_FALSE(usedBefore("ALTER TABLE t ADD COLUMN a int; DROP TABLE t;", make));
  CHECK_FALSE(usedBefore("ALTER TABLE t RENAME TO u;", make));
  CHECK_FALSE(
      usedBefore("ALTER TABLE t ADD COLUMN a int;", "CREATE TABLE IF NOT EXISTS t (id int);"));
  CHECK_FALSE(usedBefore("ALTER TABLE t ADD COLUMN a int;", "CREATE TEMP TABLE t (id int);"));
  CHECK_FALSE(usedBefore("DO $$ BEGIN ALTER TABLE t ADD COLUMN a int; EXCEPTION WHEN "
                         "undefined_table THEN NULL; END $$;",
                         make));
}

TEST_CASE("a down part has not run before the migrations that follow it") {
  Simulated simulated("plain");
  simulated.add("1_a.sql", "CREATE TABLE s (id int);");
  simulated.addDown("1_a.down.sql", "ALTER TABLE t DROP COLUMN a; DROP TABLE s;");
  simulated.add("2_b.sql", "CREATE TABLE t (id int, a int);");
  simulated.reporting.down = true;
  size_t steps = 0;
  simulated.forEachStep([&](const StatementStep &step) {
    ++steps;
    CHECK_FALSE(step.used_before);
  });
  CHECK(steps == 4);
}
