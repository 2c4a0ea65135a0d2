// Which histories paths belong to: what a fixture of fixtures/formats cannot say, because it lies
// in this repository.
#include "history/discovery.hpp"

#include "history/files/disk.hpp"
#include "history/formats/format.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <unistd.h>

#include <filesystem>

using namespace lockstep::history;
using lockstep::test::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {
/// A folder outside of any repository, with what discovery makes of it.
class Project {
public:
  void write(const std::string &file, std::string_view text = "SELECT 1;\n") {
    directory_.write(file, text);
  }
  [[nodiscard]] std::string path(const std::string &file = "") const {
    return file.empty() ? root_ : root_ + "/" + file;
  }
  [[nodiscard]] Discovery discover(const std::vector<std::string> &files,
                                   DiscoveryOptions options = {}) const {
    std::vector<std::string> paths;
    for (const std::string &file : files)
      paths.push_back(file == "-" ? file : path(file));
    for (HistoryDeclaration &declared : options.declared)
      declared.path = path(declared.path);
    Result<Discovery> found = lockstep::history::discover(paths, options, readFile);
    REQUIRE(found);
    return std::move(*found);
  }
  /// The files of a history in the order in which they run, without the project's folder.
  [[nodiscard]] std::vector<std::string> filesOf(const History &history) const {
    std::vector<std::string> files;
    for (const Migration &migration : history.migrations)
      for (const MigrationFile &file : migration.files)
        files.push_back((file.direction == Direction::down ? "down " : "") +
                        file.path.substr(root_.size() + 1));
    return files;
  }

private:
  TemporaryDirectory directory_;
  std::string root_ = fs::canonical(directory_.path()).generic_string();
};
} // namespace

using Files = std::vector<std::string>;

TEST_CASE("names of plain files are ordered by their numbers") {
  Project project;
  for (const char *name : {"10_c.sql", "9_b.sql", "1_a.sql", "2024-01-15_z.sql", "v2.1_m.sql",
                           "V2-n.sql", "00000000000000000000000000000012_d.sql"})
    project.write(std::string("db/") + name);
  Discovery found = project.discover({"db"});
  REQUIRE(found.histories.size() == 1);
  CHECK(found.histories[0].history.framework == "plain");
  CHECK(found.histories[0].history.execution == ExecutionModel::unknown);
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"db/1_a.sql", "db/V2-n.sql", "db/v2.1_m.sql", "db/9_b.sql", "db/10_c.sql",
              "db/00000000000000000000000000000012_d.sql", "db/2024-01-15_z.sql"});
}

TEST_CASE("a file's context is the history it belongs to") {
  Project project;
  project.write("db/1_a.sql");
  project.write("db/2_b.sql");
  Discovery found = project.discover({"db/2_b.sql"});
  REQUIRE(found.histories.size() == 1);
  const History &history = found.histories[0].history;
  CHECK(project.filesOf(history) == Files{"db/1_a.sql", "db/2_b.sql"});
  CHECK_FALSE(found.histories[0].wanted.hasAnyOf(0));
  CHECK(found.histories[0].wanted.hasAnyOf(1));
}

TEST_CASE("plain files never take in folders above or below") {
  Project project;
  project.write("1_a.sql");
  project.write("2_b.sql");
  project.write("more/1_c.sql");
  project.write("more/2_d.sql");
  Discovery found = project.discover({"more/1_c.sql"});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) == Files{"more/1_c.sql", "more/2_d.sql"});
  CHECK(project.discover({""}).histories.size() == 2);
}

TEST_CASE("a file without a version stands alone") {
  Project project;
  project.write("db/report.sql");
  project.write("db/other.sql");
  Discovery found = project.discover({"db/report.sql"});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) == Files{"db/report.sql"});
}

TEST_CASE("plain files that take back are not applied") {
  Project project;
  for (const char *name : {"1_a.sql", "1_a.down.sql", "2_b.sql", "2_b_rollback.sql", "undo_2_b.sql",
                           "3_plan_rollback.sql", "down.sql"})
    project.write(std::string("db/") + name);
  Discovery found = project.discover({"db/1_a.sql"});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"db/1_a.sql", "down db/1_a.down.sql", "db/2_b.sql", "down db/2_b_rollback.sql",
              "down db/undo_2_b.sql", "db/3_plan_rollback.sql"});
}

TEST_CASE("the nearest folder that a format recognises wins, up to the repository's root") {
  Project project;
  project.write(".git/HEAD", "ref: refs/heads/main\n");
  project.write("flyway.conf", "flyway.url=jdbc:postgresql://x\n");
  project.write("sql/V1__a.sql");
  project.write("sql/later/V2__b.sql");
  Discovery found = project.discover({"sql/later/V2__b.sql"});
  REQUIRE(found.histories.size() == 1);
  CHECK(found.histories[0].history.framework == "flyway");
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"sql/V1__a.sql", "sql/later/V2__b.sql"});

  // A repository inside knows nothing of what is around it.
  project.write("sql/later/.git/HEAD", "ref: refs/heads/main\n");
  found = project.discover({"sql/later/V2__b.sql"});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) == Files{"sql/later/V2__b.sql"});
}

TEST_CASE("a folder yields every history below it") {
  Project project;
  project.write("a/migrations/00001_x.sql", "-- +goose Up\nSELECT 1;\n");
  project.write("b/prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
  project.write("b/prisma/migrations/20240101000000_x/migration.sql");
  project.write("c/1_x.sql");
  project.write("c/2_y.sql");
  Discovery found = project.discover({""});
  REQUIRE(found.histories.size() == 3);
  CHECK(found.histories[0].history.framework == "goose");
  CHECK(found.histories[1].history.framework == "prisma");
  CHECK(found.histories[2].history.framework == "plain");
}

TEST_CASE("what the configuration declares beats what is detected") {
  Project project;
  project.write("db/00001_a.sql", "-- +goose Up\nSELECT 1;\n");
  project.write("db/helper.sql");
  DiscoveryOptions options;
  options.declared.push_back({.path = "db",
                              .framework = "plain",
                              .execution = ExecutionModel::tx_file,
                              .base_schema = {},
                              .settings = {}});
  Discovery found = project.discover({"db"}, options);
  REQUIRE(found.histories.size() == 1);
  CHECK(found.histories[0].history.framework == "plain");
  CHECK(found.histories[0].history.detected_by == "config");
  CHECK(found.histories[0].history.execution == ExecutionModel::tx_file);
  CHECK(project.filesOf(found.histories[0].history) == Files{"db/00001_a.sql", "db/helper.sql"});

  // The command line beats both.
  options.execution = ExecutionModel::autocommit;
  found = project.discover({"db"}, options);
  CHECK(found.histories[0].history.execution == ExecutionModel::autocommit);
}

TEST_CASE("an unknown framework is an error with the nearest one") {
  DiscoveryOptions options;
  options.framework = "gose";
  Result<Discovery> found = discover({"."}, options, readFile);
  REQUIRE_FALSE(found);
  CHECK(found.error().message == "unknown framework 'gose'; did you mean 'goose'?");
}

TEST_CASE("links are not followed in circles") {
  Project project;
  project.write("db/1_a.sql");
  project.write("db/2_b.sql");
  fs::create_directory_symlink(project.path(), project.path("db/again"));
  fs::create_symlink("nowhere.sql", project.path("db/3_gone.sql"));
  Discovery found = project.discover({""});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"db/1_a.sql", "db/2_b.sql", "db/3_gone.sql"});
  CHECK(found.unreadable.empty());

  // A folder that is named is looked at, even if it is a link.
  fs::create_directory_symlink("db", project.path("link"));
  CHECK(project.discover({"link"}).histories.size() == 1);
}

TEST_CASE("a folder that cannot be read is told") {
  if (geteuid() == 0)
    SKIP("root reads everything");
  Project project;
  project.write("db/1_a.sql");
  project.write("secret/1_b.sql");
  fs::permissions(project.path("secret"), fs::perms::none);
  Discovery found = project.discover({""});
  fs::permissions(project.path("secret"), fs::perms::owner_all);
  REQUIRE(found.unreadable.size() == 1);
  CHECK(found.unreadable[0].find("secret") != std::string::npos);
}

TEST_CASE("a path that names nothing is unmatched") {
  Project project;
  project.write("empty/readme.txt");
  Discovery found = project.discover({"empty", "gone.sql"});
  CHECK(found.histories.empty());
  CHECK(found.unmatched == Files{project.path("empty"), project.path("gone.sql")});
}

TEST_CASE("standard input is recognised by its text") {
  auto detect = [](std::string text) {
    FileReader read = [text](const std::string &path) -> Result<std::string> {
      if (path == stdin_path)
        return text;
      return readFile(path);
    };
    Result<Discovery> found = discover({"-"}, {}, read);
    REQUIRE(found);
    REQUIRE(found->histories.size() == 1);
    return found->histories[0].history.framework;
  };
  CHECK(detect(
            "BEGIN;\n--\n-- Add field name to user\n--\nALTER TABLE u ADD name text;\nCOMMIT;\n") ==
        "django");
  CHECK(detect("BEGIN;\n-- Running upgrade  -> 1a2b\nCREATE TABLE t (id int);\nCOMMIT;\n") ==
        "alembic");
  CHECK(detect("-- migrate:up\nSELECT 1;\n-- migrate:down\n") == "dbmate");
  CHECK(detect("SELECT 1;\n") == "plain");
}

TEST_CASE("standard input with a name stands among the files of its folder") {
  Project project;
  project.write("db/1_a.sql");
  project.write("db/2_b.sql");
  DiscoveryOptions options;
  options.stdin_filename = project.path("db/3_c.sql");
  options.extra_files = {options.stdin_filename};
  Discovery found = project.discover({"-"}, options);
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"db/1_a.sql", "db/2_b.sql", "db/3_c.sql"});
  CHECK(found.histories[0].wanted.hasAnyOf(2));
}

TEST_CASE("excluded files are left out of folders, and of names only by force") {
  Project project;
  project.write("db/1_a.sql");
  project.write("db/2_b.sql");
  DiscoveryOptions options;
  options.exclude = {"2_*.sql"};
  Discovery found = project.discover({"db"}, options);
  REQUIRE(found.histories.size() == 1);
  CHECK_FALSE(found.histories[0].wanted.hasAnyOf(1));
  CHECK(project.discover({"db/2_b.sql"}, options).histories.size() == 1);
  options.force_exclude = true;
  CHECK(project.discover({"db/2_b.sql"}, options).histories.empty());
}

TEST_CASE("migrations after a version") {
  Project project;
  for (const char *name : {"1_a.sql", "2_b.sql", "10_c.sql"})
    project.write(std::string("db/") + name);
  Discovery found = project.discover({"db"});
  const History &history = found.histories.at(0).history;
  auto after = [&](std::string_view version) {
    Files versions;
    auto isAfter = comesAfter(history, version);
    for (const Migration &migration : history.migrations)
      if (isAfter(migration))
        versions.push_back(migration.version);
    return versions;
  };
  CHECK(after("0002") == Files{"10"});
  CHECK(after("5") == Files{"10"});
  CHECK(after("10") == Files{});
}

TEST_CASE("a home-made runner is what the configuration says it is") {
  Project project;
  project.write("db/m-10.sql");
  project.write("db/m-9.sql", "-- migrate: no-transaction\nSELECT 1;\n");
  project.write("db/m-9.back.sql");
  project.write("db/helper.sql");
  DiscoveryOptions options;
  options.declared.push_back({.path = "db",
                              .framework = "custom",
                              .execution = ExecutionModel::tx_file,
                              .base_schema = {},
                              .settings = {{"files", "m-{version}.sql"},
                                           {"down_files", "m-{version}.back.sql"},
                                           {"no_transaction", "-- migrate: no-transaction"}}});
  Discovery found = project.discover({"db"}, options);
  REQUIRE(found.histories.size() == 1);
  const History &history = found.histories[0].history;
  CHECK(project.filesOf(history) == Files{"db/m-9.sql", "down db/m-9.back.sql", "db/m-10.sql"});
  CHECK(found.notices.size() == 1); // helper.sql is not run.
  const MigrationFile &file = history.migrations[0].files[0];
  FileLayout layout = layoutOf(history, file, "-- migrate: no-transaction\nSELECT 1;\n");
  REQUIRE(layout.units.size() == 1);
  CHECK(layout.units[0].model == ExecutionModel::implicit);
  CHECK(layout.units[0].model_reason == "-- migrate: no-transaction");
  CHECK(layoutOf(history, file, "SELECT 1;\n").units[0].model == ExecutionModel::tx_file);
}

TEST_CASE("a home-made runner's marks part a file") {
  Project project;
  project.write("db/1_a.sql");
  DiscoveryOptions options;
  options.declared.push_back({.path = "db",
                              .framework = "custom",
                              .execution = ExecutionModel::tx_file,
                              .base_schema = {},
                              .settings = {{"down", "-- undo"},
                                           {"no_transaction", "-- alone"},
                                           {"no_transaction_execution", "autocommit"}}});
  Discovery found = project.discover({"db"}, options);
  const History &history = found.histories.at(0).history;
  const MigrationFile &file = history.migrations[0].files[0];
  FileLayout layout = layoutOf(history, file, "SELECT 1;\n-- UNDO it\n-- alone\nSELECT 2;\n");
  REQUIRE(layout.units.size() == 2);
  CHECK(layout.units[0].direction == Direction::up);
  CHECK(layout.units[0].model == ExecutionModel::tx_file);
  CHECK(layout.units[1].direction == Direction::down);
  CHECK(layout.units[1].model == ExecutionModel::autocommit);
  CHECK(layout.problems.empty());
}

TEST_CASE("psql's inclusions stay in the project") {
  Project project;
  project.write("secret.sql");
  project.write("repo/.git/HEAD", "ref: refs/heads/main\n");
  project.write("repo/shared/base.sql", "\\ir more.sql\n");
  project.write("repo/shared/more.sql");
  project.write("repo/db/1_a.sql", "\\i shared/base.sql\n\\ir ../../secret.sql\n\\i " +
                                       project.path("secret.sql") + "\n");
  project.write("repo/db/2_b.sql", "\\i 2_b.sql\n");
  fs::create_symlink(project.path("secret.sql"), project.path("repo/db/link.sql"));
  project.write("repo/db/3_c.sql", "\\ir link.sql\n");
  DiscoveryOptions options;
  options.declared.push_back({.path = "repo/db",
                              .framework = "psql",
                              .execution = std::nullopt,
                              .base_schema = {},
                              .settings = {}});
  Discovery found = project.discover({"repo/db/1_a.sql", "repo/db/3_c.sql"}, options);
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"repo/db/1_a.sql", "repo/shared/base.sql", "repo/shared/more.sql", "repo/db/2_b.sql",
              "repo/db/3_c.sql", "repo/db/link.sql"});
}

TEST_CASE("a file that another one includes is checked there") {
  Project project;
  project.write("db/init.sql", "\\ir tables.sql\n\\ir tables/users.sql\n");
  project.write("db/tables.sql", "\\ir tables/orders.sql\n\\ir tables/users.sql\n");
  project.write("db/tables/users.sql");
  project.write("db/tables/orders.sql");
  project.write("db/z_again.sql", "\\ir tables/users.sql\n");
  project.write("db/other.sql");
  Discovery found = project.discover({"db"});
  REQUIRE(found.histories.size() == 3);
  CHECK(project.filesOf(found.histories[0].history) ==
        Files{"db/init.sql", "db/tables.sql", "db/tables/users.sql", "db/tables/orders.sql"});
  CHECK(project.filesOf(found.histories[1].history) == Files{"db/other.sql"});
  CHECK(project.filesOf(found.histories[2].history) ==
        Files{"db/z_again.sql", "db/tables/users.sql"});
  for (size_t file = 0; file < found.histories[0].history.migrations[0].files.size(); ++file)
    CHECK(found.histories[0].wanted.contains(0, file));
  CHECK_FALSE(found.histories[2].wanted.contains(0, 1));

  // On its own, nothing tells of the files that include it.
  found = project.discover({"db/tables/users.sql"});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) == Files{"db/tables/users.sql"});

  // Not asked for, it is context.
  DiscoveryOptions options;
  options.exclude = {"**/tables/orders.sql"};
  found = project.discover({"db"}, options);
  REQUIRE(found.histories.size() == 3);
  CHECK_FALSE(found.histories[0].wanted.contains(0, 3));
}

TEST_CASE("files that include each other are checked once") {
  Project project;
  project.write("db/a.sql", "\\ir b.sql\n");
  project.write("db/b.sql", "\\ir a.sql\n");
  Discovery found = project.discover({"db"});
  REQUIRE(found.histories.size() == 1);
  CHECK(project.filesOf(found.histories[0].history) == Files{"db/a.sql", "db/b.sql"});
}

TEST_CASE("a declared file stays a history of its own") {
  Project project;
  project.write("db/init.sql", "\\ir part.sql\n");
  project.write("db/part.sql");
  DiscoveryOptions options;
  options.declared.push_back({.path = "db/part.sql",
                              .framework = {},
                              .execution = ExecutionModel::tx_file,
                              .base_schema = {},
                              .settings = {}});
  CHECK(project.discover({"db"}, options).histories.size() == 2);
}

TEST_CASE("a dump is no migration, unless it is named") {
  Project project;
  project.write("db/structure.sql",
                "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\nCREATE TABLE t (id int);\n");
  Discovery found = project.discover({"db"});
  CHECK(found.histories.empty());
  REQUIRE(found.notices.size() == 1);
  CHECK(found.notices[0].message.find("base_schema") != std::string::npos);
  CHECK(project.discover({"db/structure.sql"}).histories.size() == 1);

  // Rails takes the comments out.
  project.write("db/structure.sql", "SET row_security = off;\n"
                                    "SELECT pg_catalog.set_config('search_path', '', false);\n"
                                    "CREATE TABLE public.t (id int);\n");
  CHECK(project.discover({"db"}).histories.empty());
}
