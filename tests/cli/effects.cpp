// What `lockstep effects` prints.
#include "support/json_schema.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace lockstep::test;
using nlohmann::json;

TEST_CASE("effects of a history as JSON") {
  TemporaryDirectory directory;
  directory.write("1_init.sql", "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n");
  directory.write("2_index.sql", "-- why\nCREATE INDEX users_name\n  ON users (name);\n"
                                 "CREATE TABLE extra (id bigint);\n");
  Outcome outcome = runLockstep(
      {"effects", "2_index.sql", "--execution", "tx-file", "--format", "json"}, directory.path());
  CHECK(outcome.status == 0);
  CHECK(schemaFaults("schemas/effects.schema.json", outcome.out) == std::vector<std::string>{});
  json document = json::parse(outcome.out, nullptr, false);
  REQUIRE(document["statements"].size() == 2);
  json index = document["statements"][0];
  CHECK(index["file"] == "2_index.sql");
  CHECK(index["kind"] == "IndexStmt");
  CHECK(index["sql"] == "CREATE INDEX users_name ON users (name)");
  CHECK(index["range"]["start"] == json{{"line", 2}, {"column", 1}, {"offset", 7}});
  CHECK(index["locks"] == json::array({{{"relation", "public.users"}, {"mode", "ShareLock"}}}));
  CHECK(index["index_builds"] == json::array({"public.users_name"}));
  CHECK(index["blocks"]["reads"] == json::array());
  CHECK(index["blocks"]["writes"] == json::array({"public.users"}));
  CHECK(index["held_until"] == "unit");
  CHECK(index["in_transaction"] == true);
  CHECK(document["statements"][1]["locks"] == json::array());
  CHECK(document["statements"][1]["transaction"] == index["transaction"]);
}

TEST_CASE("effects as text") {
  TemporaryDirectory directory;
  directory.write("1_init.sql", "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n");
  directory.write("2_name.sql", "ALTER TABLE users ALTER name SET NOT NULL;\nSELECT 1;\n");
  Outcome outcome =
      runLockstep({"effects", "2_name.sql", "--execution", "tx-file"}, directory.path());
  CHECK(outcome.status == 0);
  for (const char *part : {"2_name.sql  unit ", "ALTER TABLE users ALTER name SET NOT NULL",
                           "AccessExclusiveLock  blocks reads and writes  users",
                           "reads all of users", "  locks are held until the end of the file:",
                           "     1  AccessExclusiveLock  users, during 1 more statement",
                           "2 statements on PostgreSQL 15; 1 blocking reads and writes"}) {
    INFO(part);
    CHECK(outcome.out.find(part) != std::string::npos);
  }
}

TEST_CASE("the schema that a history leaves behind") {
  TemporaryDirectory directory;
  directory.write("1_init.sql",
                  "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
                  "CREATE TABLE users (id bigint PRIMARY KEY, name text DEFAULT 'x' NOT NULL);\n"
                  "CREATE TABLE posts (author bigint REFERENCES users, mood mood);\n");
  directory.write("2_more.sql", "CREATE UNIQUE INDEX ON users (lower(name)) WHERE id > 0;\n"
                                "ALTER TABLE posts DROP COLUMN mood;\n");
  Outcome outcome = runLockstep({"schema", "--format", "json", "."}, directory.path());
  CHECK(outcome.status == 0);
  CHECK(schemaFaults("schemas/schema.schema.json", outcome.out) == std::vector<std::string>{});
  json document = json::parse(outcome.out, nullptr, false);
  json history = document["histories"][0];
  CHECK(history["complete"] == true);
  CHECK(history["types"][0]["labels"] == json{"sad", "ok"});
  REQUIRE(history["relations"].size() == 2);
  json posts = history["relations"][0], users = history["relations"][1];
  CHECK(posts["name"] == "public.posts");
  CHECK(posts["columns"].size() == 1);
  CHECK(posts["constraints"][0]["references"] ==
        json{{"table", "public.users"}, {"columns", {"id"}}});
  CHECK(users["columns"][1]["name"] == "name");
  CHECK(users["columns"][1]["type"] == "text");
  CHECK(users["columns"][1]["not_null"] == true);
  CHECK(users["columns"][1]["default"] == "'x'");
  CHECK(users["indexes"].size() == 2);
}

TEST_CASE("the schema at a migration, and what changes between two") {
  TemporaryDirectory directory;
  directory.write("1_init.sql", "CREATE TABLE users (id bigint PRIMARY KEY);\n");
  directory.write("2_name.sql", "ALTER TABLE users ADD COLUMN name text;\n");
  directory.write("3_posts.sql", "CREATE TABLE posts (id bigint);\n");
  Outcome at = runLockstep({"schema", "--at", "2", "."}, directory.path());
  CHECK(at.status == 0);
  CHECK(at.out.find("name text") != std::string::npos);
  CHECK(at.out.find("posts") == std::string::npos);
  Outcome diff = runLockstep({"schema", "--diff", "1..2", "."}, directory.path());
  CHECK(diff.status == 0);
  CHECK(diff.out.find("--- 1\n+++ 2\n") != std::string::npos);
  CHECK(diff.out.find("\n+    name text,\n") != std::string::npos);
  CHECK(diff.out.find("posts") == std::string::npos);
  CHECK(runLockstep({"schema", "--diff", "2..2", "."}, directory.path()).out.find("@@") ==
        std::string::npos);
  Outcome unknown = runLockstep({"schema", "--at", "9", "."}, directory.path());
  CHECK(unknown.status == 2);
  CHECK(unknown.err.find("no migration has the version '9'") != std::string::npos);
  for (const std::vector<std::string> &wrong : {std::vector<std::string>{"schema", "--diff", "1"},
                                                {"schema", "--diff", ".."},
                                                {"schema", "--at", "1", "--diff", "1..2"},
                                                {"schema", "--format", "json", "--diff", "1..2"}})
    CHECK(runLockstep(wrong, directory.path()).status == 2);
}
