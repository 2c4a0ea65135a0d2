// A timeline goes on where it was cut, and gives the steps again.
#include "history/simulation.hpp"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

using namespace lockstep::history;

namespace {
/// A history in memory whose simulations are kept.
class Kept {
public:
  void add(const std::string &path, std::string text) {
    texts_[path] = std::move(text);
    Migration migration;
    migration.version = path.substr(0, path.find('_'));
    migration.files.push_back({.path = path});
    auto history = std::make_shared<History>(*history_);
    history->migrations.push_back(std::move(migration));
    history_ = std::move(history);
    scripts.update(history_, [](const std::string &) { return false; });
  }
  void change(const std::string &path, std::string text) {
    texts_[path] = std::move(text);
    scripts.update(history_, [&](const std::string &other) { return other == path; });
  }

  /// Runs what the timeline lacks; the SQL of the steps that were made.
  std::vector<std::string> extend(const std::stop_token &stop = {}) {
    std::vector<std::string> made;
    const SimulationSink sink = sinkInto(made);
    complete =
        Simulation(*history_, options, reporting, scripts, read, sink).extend(timeline, stop);
    return made;
  }
  std::vector<std::string> repeat(size_t first, size_t until) {
    std::vector<std::string> made;
    const SimulationSink sink = sinkInto(made);
    Simulation(*history_, options, reporting, scripts, read, sink).repeat(timeline, first, until);
    return made;
  }

  /// How often each file was read.
  std::map<std::string, int> reads;
  FileReader read = [this](const std::string &path) -> Result<std::string> {
    ++reads[path];
    return texts_.at(path);
  };
  SimulationOptions options = [] {
    SimulationOptions made;
    made.effects.postgres = 15;
    return made;
  }();
  Reporting reporting;
  Timeline timeline;
  bool complete = false;

private:
  static SimulationSink sinkInto(std::vector<std::string> &made) {
    SimulationSink sink;
    sink.change_set = [&made](const std::shared_ptr<const ChangeSet> &set) {
      for (const StatementStep &step : set->statements)
        made.emplace_back(step.source->slice(step.statement->range));
    };
    return sink;
  }
  static std::shared_ptr<const History> plainHistory() {
    History history;
    history.path = "db";
    history.framework = "plain";
    history.execution = ExecutionModel::tx_file;
    return std::make_shared<const History>(std::move(history));
  }

  std::map<std::string, std::string> texts_;
  std::shared_ptr<const History> history_ = plainHistory();

public:
  Scripts scripts{history_,
                  [this](const std::string &path) { return read(path); },
                  {.directions = {}, .readers = 0}};
};
} // namespace

using Statements = std::vector<std::string>;

static bool hasTable(const Catalog &catalog, const std::string &name) {
  return catalog.findRelation({"public", name, {}}) != nullptr;
}

TEST_CASE("only what follows a cut runs again") {
  Kept kept;
  kept.add("1_a.sql", "CREATE TABLE a (id int);");
  kept.add("2_b.sql", "CREATE TABLE b (id int);");
  kept.add("3_c.sql", "CREATE TABLE c (id int);");
  CHECK(kept.extend().size() == 3);
  CHECK(kept.timeline.migrations() == 3);
  CHECK(hasTable(kept.timeline.catalogAfter(1), "a"));
  CHECK_FALSE(hasTable(kept.timeline.catalogAfter(1), "b"));
  CHECK(kept.extend().empty());

  kept.change("2_b.sql", "ALTER TABLE a RENAME TO z;");
  kept.timeline.cutTo(1);
  CHECK(kept.extend() == Statements{"ALTER TABLE a RENAME TO z", "CREATE TABLE c (id int)"});
  CHECK(hasTable(kept.timeline.catalogAfter(3), "z"));
  CHECK_FALSE(hasTable(kept.timeline.catalogAfter(3), "b"));
  CHECK(kept.reads == std::map<std::string, int>{{"1_a.sql", 1}, {"2_b.sql", 2}, {"3_c.sql", 1}});
}

TEST_CASE("a migration that comes later goes on from the end") {
  Kept kept;
  kept.add("1_a.sql", "CREATE TABLE a (id int);");
  (void)kept.extend();
  kept.add("2_b.sql", "DROP TABLE a;");
  CHECK(kept.extend() == Statements{"DROP TABLE a"});
  CHECK(hasTable(kept.timeline.catalogAfter(1), "a"));
  CHECK_FALSE(hasTable(kept.timeline.catalogAfter(2), "a"));
}

TEST_CASE("steps are made again as they were") {
  Kept kept;
  kept.add("1_a.sql", "CREATE TABLE a (id int);");
  kept.add("2_b.sql", "ALTER TABLE a ADD COLUMN b int; SELECT 1;");
  kept.add("3_c.sql", "DROP TABLE a;");
  const Statements all = kept.extend();
  CHECK(kept.repeat(0, 3) == all);
  CHECK(kept.repeat(1, 2) == Statements{"ALTER TABLE a ADD COLUMN b int", "SELECT 1"});
  CHECK(kept.timeline.migrations() == 3);
}

TEST_CASE("a run that is stopped leaves the last complete migration") {
  Kept kept;
  kept.add("1_a.sql", "CREATE TABLE a (id int);");
  kept.add("2_b.sql", "CREATE TABLE b (id int);");
  std::stop_source stop;
  stop.request_stop();
  CHECK(kept.extend(stop.get_token()).empty());
  CHECK_FALSE(kept.complete);
  CHECK(kept.timeline.migrations() == 0);
  CHECK(kept.extend().size() == 2);
  CHECK(kept.complete);
}

TEST_CASE("what goes out together is run together") {
  const ChangeSetMembers members{false, true, true, false, true, false};
  CHECK(startOfChange(nullptr, 3) == 3);
  CHECK(startOfChange(&members, 0) == 0);
  CHECK(startOfChange(&members, 1) == 1);
  CHECK(startOfChange(&members, 2) == 1);
  CHECK(startOfChange(&members, 4) == 1);
  CHECK(startOfChange(&members, 5) == 5);
  CHECK(startOfChange(&members, 6) == 6);
  const ChangeSetMembers none{false, false};
  CHECK(startOfChange(&none, 1) == 1);
}

/// What an object carries that the migration at this place of the history made, from 1.
static Origin originOf(uint32_t migration, bool down = false) {
  Origin origin;
  origin.migration = migration;
  origin.down = down;
  return origin;
}

TEST_CASE("what a change set made is known by its migrations") {
  const auto members =
      std::make_shared<const ChangeSetMembers>(ChangeSetMembers{false, true, true});
  const ChangeSet together({}, 1, members);
  CHECK_FALSE(together.made(originOf(0)));
  CHECK_FALSE(together.made(originOf(1)));
  CHECK(together.made(originOf(2)));
  CHECK(together.made(originOf(3)));
  const ChangeSet alone({}, 0, nullptr);
  CHECK(alone.made(originOf(1)));
  CHECK_FALSE(alone.made(originOf(2)));
  // A down part's own objects are new to it; those that it takes back are not.
  ChangeSet down({}, 0, nullptr);
  down.direction = Direction::down;
  CHECK_FALSE(down.made(originOf(1)));
  CHECK(down.made(originOf(1, true)));
  CHECK_FALSE(alone.made(originOf(1, true)));
}
