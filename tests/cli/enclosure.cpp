// What a checkout names, by a setting, a directive or a link, is read only where it lies in the
// repository; outside of one, below the folder that is checked.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace lockstep::test;

/// Stands in all files that no report may show.
static const std::string secret = "s3cr3t_column";

/// A repository with a folder beside it that is none of its business.
class Checkout {
public:
  Checkout() {
    directory.write("repository/.git/HEAD", "ref: refs/heads/main\n");
    directory.write("repository/1_a.sql", "CREATE TABLE t (a int);\n");
    directory.write("elsewhere/secret.yaml", secret + ": true\n");
    directory.write("elsewhere/secret.json", "{\"" + secret + "\": 1}\n");
    directory.write("elsewhere/secret.sql",
                    "CREATE TABLE t (" + secret + " int);\nDROP TABLE t;\n");
  }

  void write(const std::string &file, const std::string &text) const {
    directory.write("repository/" + file, text);
  }
  [[nodiscard]] fs::path root() const { return directory.path() / "repository"; }
  [[nodiscard]] fs::path elsewhere(const std::string &file) const {
    return directory.path() / "elsewhere" / file;
  }
  [[nodiscard]] Outcome lockstep(const std::vector<std::string> &arguments) const {
    Outcome outcome = runLockstep(arguments, root());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.out.find(secret) == std::string::npos);
    CHECK(outcome.err.find(secret) == std::string::npos);
    return outcome;
  }

  TemporaryDirectory directory;
};

static bool holds(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

static const std::string outside =
    "it is outside the repository (or, without one, the folder) being checked";

TEST_CASE("a setting names a file outside of the repository") {
  Checkout checkout;
  fs::create_symlink(checkout.elsewhere("secret.yaml"), checkout.root() / "linked.yaml");
  fs::create_symlink(checkout.elsewhere("secret.json"), checkout.root() / "linked.json");
  fs::create_symlink(checkout.elsewhere("secret.sql"), checkout.root() / "linked.sql.txt");
  fs::create_symlink(checkout.elsewhere(""), checkout.root() / "away");
  struct Setting {
    std::string key;
    std::vector<std::string> paths;
  };
  for (const auto &[key, paths] : std::vector<Setting>{
           {"extends: ",
            {"../elsewhere/secret.yaml", checkout.elsewhere("secret.yaml"), "linked.yaml",
             "away/secret.yaml", "/proc/self/environ", "/etc/passwd"}},
           {"stats: ",
            {"../elsewhere/secret.json", checkout.elsewhere("secret.json"), "linked.json",
             "away/secret.json", "/proc/self/environ"}},
           {"baseline: ",
            {"../elsewhere/secret.json", checkout.elsewhere("secret.json"), "linked.json",
             "away/secret.json", "/proc/self/environ"}},
           {"histories: [{path: ., base_schema: ",
            {"../elsewhere/secret.sql", checkout.elsewhere("secret.sql"), "linked.sql.txt",
             "away/secret.sql", "/proc/self/environ"}},
       })
    for (const std::string &path : paths) {
      INFO(key << path);
      checkout.write(".lockstep.yaml", key + path + (key.starts_with("hist") ? "}]" : "") + "\n");
      const Outcome outcome = checkout.lockstep({"check", "."});
      CHECK(outcome.status != 0);
      CHECK(holds(outcome.out + outcome.err, outside));
    }
}

TEST_CASE("a setting names a file of the repository, also by a link and from above") {
  Checkout checkout;
  checkout.write("shared/base.yaml", "ignore: [drop-table]\n");
  checkout.write("service/2_b.sql", "DROP TABLE t;\n");
  fs::create_symlink("../shared/base.yaml", checkout.root() / "service/linked.yaml");
  for (const std::string path : {"../shared/base.yaml", "linked.yaml"}) {
    checkout.write("service/.lockstep.yaml", "extends: " + path + "\n");
    CHECK(checkout.lockstep({"check", "service", "--format", "concise"}).status == 0);
    CHECK(runLockstep({"check", "."}, checkout.root() / "service").status == 0);
  }
}

TEST_CASE("a history is declared outside of the repository") {
  Checkout checkout;
  for (const std::string path : {"../elsewhere", "/proc/self", "/etc"}) {
    checkout.write(".lockstep.yaml", "histories: [{path: " + path + "}]\n");
    const Outcome outcome = checkout.lockstep({"check"});
    CHECK(outcome.status == 2);
    CHECK(holds(outcome.err, "which .lockstep.yaml declares: " + outside));
  }
}

TEST_CASE("a setting names what is no file") {
  Checkout checkout;
  REQUIRE(mkfifo((checkout.root() / "pipe").c_str(), 0600) == 0);
  for (const std::string key : {"extends: ", "stats: ", "baseline: "})
    for (const std::string path : {"pipe", "/dev/zero", "/dev/stdin", "/dev/fd/0", "."}) {
      INFO(key << path);
      checkout.write(".lockstep.yaml", key + path + "\n");
      CHECK(checkout.lockstep({"check", "."}).status == 2);
    }
}

TEST_CASE("a script includes a file outside of the repository") {
  Checkout checkout;
  fs::create_symlink(checkout.elsewhere("secret.sql"), checkout.root() / "linked.txt");
  for (const std::string directive : {"\\ir ../elsewhere/secret.sql", "\\i ../elsewhere/secret.sql",
                                      "\\ir linked.txt", "\\i linked.txt"}) {
    INFO(directive);
    checkout.write("2_b.sql", directive + "\nSELECT 1;\n");
    const Outcome outcome = checkout.lockstep({"check", "."});
    CHECK(holds(outcome.out, "2_b.sql:1:1: notice: this may make or change objects that no file "
                             "shows"));
  }
  checkout.write("2_b.sql", "\\i " + checkout.elsewhere("secret.sql").string() + "\n");
  CHECK(holds(checkout.lockstep({"check", "."}).out, "objects that no file shows"));
}

TEST_CASE("a migration is a link out of the repository") {
  Checkout checkout;
  fs::create_symlink(checkout.elsewhere("secret.sql"), checkout.root() / "2_b.sql");
  fs::create_symlink("/proc/self/environ", checkout.root() / "3_c.sql");
  for (const std::string command : {"check", "effects", "schema"}) {
    const Outcome outcome = checkout.lockstep({command, "."});
    CHECK(holds(outcome.out + outcome.err, outside));
  }
  CHECK(checkout.lockstep({"check", "."}).status == 1);
  CHECK(checkout.lockstep({"check", "2_b.sql"}).status == 1);
  CHECK(checkout.lockstep({"check", "3_c.sql"}).status == 1);
  // A folder of that kind holds nothing.
  fs::create_symlink(checkout.elsewhere(""), checkout.root() / "away");
  CHECK(checkout.lockstep({"check", "away"}).status == 2);
}

TEST_CASE("outside of repositories, nothing above the working directory counts") {
  TemporaryDirectory directory;
  directory.write("here/db/001_a.sql", "DROP TABLE t;\n");
  const fs::path here = directory.path() / "here";
  const auto report = [&](const fs::path &from, const std::string &path) {
    const Outcome outcome = runLockstep({"check", path, "--format", "json"}, from);
    return std::to_string(outcome.status) + outcome.out + outcome.err;
  };
  const std::vector<std::pair<fs::path, std::string>> ways{
      {here, "."}, {here, "db"}, {here / "db", "."}, {directory.path() / "other", "../here/db"}};
  fs::create_directory(directory.path() / "other");
  std::vector<std::string> before;
  for (const auto &[from, path] : ways)
    before.push_back(report(from, path));
  directory.write(".lockstep.yaml", "ignore: [drop-table]\n");
  directory.write(".lockstep-baseline.json", "no baseline");
  directory.write("00001_a.sql", "-- +goose Up\n");
  directory.write("00002_b.sql", "-- migrate:up\n");
  directory.write("go.mod", "require github.com/golang-migrate/migrate/v4 v4.17.0\n");
  directory.write("package.json", "{\"dependencies\": {\"node-pg-migrate\": \"7\"}}\n");
  directory.write("changelog.xml", "<databaseChangeLog><sqlFile path=\"db/001_a.sql\"/>");
  directory.write("flyway.toml", "[flyway]\n");
  for (size_t i = 0; i < ways.size(); ++i) {
    INFO(ways[i].first << " " << ways[i].second);
    CHECK(report(ways[i].first, ways[i].second) == before[i]);
  }
  // From the folder that holds them, they do.
  CHECK(runLockstep({"check", "."}, directory.path()).status == 2);
}

TEST_CASE("a configuration that cannot be read is no configuration less") {
  Checkout checkout;
  checkout.write("2_b.sql", "DROP TABLE t;\n");
  fs::create_symlink("nowhere", checkout.root() / ".lockstep.yaml");
  for (const std::string command : {"check", "effects", "schema", "config"})
    CHECK(checkout.lockstep({command, "."}).err ==
          "lockstep: cannot read .lockstep.yaml: No such file or directory\n");
  fs::remove(checkout.root() / ".lockstep.yaml");
  fs::create_directory(checkout.root() / ".lockstep.yaml");
  CHECK(checkout.lockstep({"check", "."}).status == 2);
  fs::remove(checkout.root() / ".lockstep.yaml");
  REQUIRE(mkfifo((checkout.root() / ".lockstep.yaml").c_str(), 0600) == 0);
  CHECK(checkout.lockstep({"check", "."}).status == 2);
  fs::remove(checkout.root() / ".lockstep.yaml");
  fs::create_symlink("nowhere", checkout.root() / ".lockstep-baseline.json");
  CHECK(checkout.lockstep({"check", "."}).status == 2);
}

TEST_CASE("a version that no migration has") {
  Checkout checkout;
  checkout.write("2_b.sql", "DROP TABLE t;\n");
  for (const std::string command : {"check", "effects"}) {
    const Outcome outcome = checkout.lockstep({command, ".", "--start-after", "3"});
    CHECK(outcome.status == 2);
    CHECK(holds(outcome.err, "no migration has the version '3' that --start-after names; did you "
                             "mean '1'?"));
  }
  CHECK(checkout.lockstep({"check", ".", "--start-after", "1"}).status == 1);
  CHECK(checkout.lockstep({"check", ".", "--start-after", "02"}).status == 0);
  CHECK(checkout.lockstep({"schema", ".", "--at", "3"}).status == 2);
  CHECK(checkout.lockstep({"schema", ".", "--diff", "1..3"}).status == 2);
  CHECK(checkout.lockstep({"baseline", "create", ".", "--start-after", "3"}).status == 2);
}

static std::set<std::string> fingerprints(const fs::path &from, const std::string &path) {
  const Outcome outcome = runLockstep({"check", path, "--format", "json"}, from);
  std::set<std::string> all;
  const nlohmann::json report = nlohmann::json::parse(outcome.out);
  for (const auto &finding : report["findings"])
    all.insert(finding["fingerprint"].get<std::string>());
  return all;
}

TEST_CASE("fingerprints are the same from every folder") {
  Checkout checkout;
  checkout.write("db/1_a.sql", "DROP TABLE a;\nDROP TABLE b;\n");
  checkout.write("db/more/1_a.sql", "DROP TABLE a;\n");
  checkout.write("inner/.git/HEAD", "ref: refs/heads/main\n");
  checkout.write("inner/1_a.sql", "DROP TABLE a;\n");
  const fs::path root = checkout.root();
  const std::set<std::string> expected = fingerprints(root, "db");
  CHECK(expected.size() == 3);
  CHECK(fingerprints(root / "db", ".") == expected);
  CHECK(fingerprints(root / "db/more", "..") == expected);
  CHECK(fingerprints(root / "inner", "../db") == expected);
  CHECK(fingerprints(checkout.directory.path(), "repository/db") == expected);
  CHECK(fingerprints("/", (root / "db").string()) == expected);
  fs::create_symlink("db", root / "linked");
  CHECK(fingerprints(root, "linked") == expected);
  // A repository in it counts from its own root.
  CHECK(fingerprints(root, "inner") == fingerprints(root / "inner", "."));
}

TEST_CASE("what a script includes is checked, whatever it is called and wherever it stands") {
  Checkout checkout;
  checkout.write("db/2_b.sql", "\\ir body.txt\n\\ir ../parts/drop.sql\n\\ir noend\n");
  checkout.write("db/body.txt", "DROP TABLE a;\n");
  checkout.write("db/noend", "DROP TABLE c;\n");
  checkout.write("parts/drop.sql", "DROP TABLE b;\n");
  for (const std::string path : {"db", "db/2_b.sql"}) {
    const Outcome outcome = checkout.lockstep({"check", path, "--format", "concise"});
    INFO(outcome.out);
    CHECK(outcome.status == 1);
    for (const std::string file : {"db/body.txt", "parts/drop.sql", "db/noend"})
      CHECK(holds(outcome.out, file + ":1:"));
  }
  checkout.write(".lockstep.yaml", "exclude: [parts/**]\n");
  const Outcome outcome = checkout.lockstep({"check", "db", "--format", "concise"});
  CHECK(holds(outcome.out, "db/body.txt:1:"));
  CHECK_FALSE(holds(outcome.out, "parts/drop.sql:1:"));
}

TEST_CASE("a place in the file that includes another one is named as such") {
  Checkout checkout;
  checkout.write("2_b.sql", "ALTER TABLE t ADD COLUMN b int;\n\\ir body.txt\n");
  checkout.write("body.txt", "SELECT 1;\nALTER TABLE t ADD COLUMN c int;\n");
  const Outcome outcome = checkout.lockstep({"check", ".", "--select", "mixed-transactional-file",
                                             "--execution", "autocommit", "--format", "json"});
  const nlohmann::json report = nlohmann::json::parse(outcome.out);
  REQUIRE(report["findings"].size() == 1);
  CHECK(report["findings"][0]["file"] == "body.txt");
  CHECK(report["findings"][0]["range"]["start"]["line"] == 2);
  REQUIRE(report["findings"][0]["related"].size() == 1);
  CHECK(report["findings"][0]["related"][0]["file"] == "2_b.sql");
  CHECK(report["findings"][0]["related"][0]["range"]["start"]["line"] == 1);
}

TEST_CASE("inclusion has a budget") {
  const std::string over =
      "and later inclusions are skipped: a history may include at most 10000 files and 32 MB";
  Checkout checkout;
  for (int i = 0; i < 30; ++i) {
    const std::string next = "f" + std::to_string(i + 1) + ".txt";
    checkout.write("f" + std::to_string(i) + ".txt", "\\ir " + next + "\n\\ir " + next + "\n");
  }
  checkout.write("f30.txt", "SELECT 1;\n");
  checkout.write("2_b.sql", "\\ir f0.txt\nDROP TABLE t;\n");
  Outcome outcome = checkout.lockstep({"check", ".", "--format", "concise"});
  CHECK(outcome.status == 1);
  CHECK(holds(outcome.out, over));
  CHECK(holds(outcome.out, "2_b.sql:2:12: error: "));

  // A chain, which is no work, ends at some depth.
  for (int i = 0; i < 300; ++i)
    checkout.write("f" + std::to_string(i) + ".txt", "\\ir f" + std::to_string(i + 1) + ".txt\n");
  checkout.write("f300.txt", "SELECT 1;\n");
  outcome = checkout.lockstep({"check", ".", "--format", "concise"});
  CHECK(outcome.status == 1);
  CHECK(holds(outcome.out, over));

  // A large file, many times.
  std::string large;
  for (int i = 0; i < 40000; ++i)
    large += "-- a line of which there are many\n";
  checkout.write("f0.txt", large);
  std::string many;
  for (int i = 0; i < 40; ++i)
    many += "\\ir f0.txt\n";
  checkout.write("2_b.sql", many);
  outcome = checkout.lockstep({"check", ".", "--format", "concise"});
  CHECK(holds(outcome.out, over));

  // Twenty times the same one is nothing to speak of, and a circle ends.
  checkout.write("f0.txt", "SELECT 1;\n\\ir f1.txt\n");
  checkout.write("f1.txt", "\\ir f0.txt\n");
  checkout.write("2_b.sql", many.substr(0, many.size() / 2));
  CHECK(checkout.lockstep({"check", ".", "--format", "concise"}).status == 0);
}

TEST_CASE("extends has a budget") {
  const std::string over = "is skipped: a configuration may extend at most 100 files and 4 MB";
  Checkout checkout;
  checkout.write(".lockstep.yaml", "extends: c0.yaml\n");
  const auto chain = [&](int length, const std::string &text, const std::string &last) {
    for (int i = 0; i < length; ++i) {
      std::string one = text;
      for (size_t at = one.find('#'); at != one.npos; at = one.find('#'))
        one.replace(at, 1, std::to_string(i + 1));
      checkout.write("c" + std::to_string(i) + ".yaml", one);
    }
    checkout.write("c" + std::to_string(length) + ".yaml", last);
    return checkout.lockstep({"check", "."});
  };
  Outcome outcome = chain(5000, "extends: c#.yaml\n", "exclude: [x]\n");
  CHECK(outcome.status == 2);
  CHECK(holds(outcome.err, over));
  outcome = chain(18, "extends: [c#.yaml, c#.yaml]\n", "exclude: [x]\n");
  CHECK(outcome.status == 2);
  CHECK(holds(outcome.err, over));
  outcome = chain(3, "extends: [c#.yaml, c#.yaml, c#.yaml, c#.yaml]\n",
                  std::string(200'000, '\n') + "exclude: [x]\n");
  CHECK(holds(outcome.err, over));
  CHECK(chain(15, "extends: c#.yaml\n", "exclude: [x]\n").status == 0);
}
