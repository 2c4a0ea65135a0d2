#include "catalog/model/privileges.hpp"
#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::catalog;
using namespace lockstep::test;

/// "reader=insert,select*; …" of a table, the owner first.
static std::string privilegesOf(const PrivilegesPointer &privileges) {
  if (!privileges)
    return "default";
  std::string text;
  for (const auto &[role, granted] : privileges->sorted()) {
    const auto &names = *granted;
    text += (text.empty() ? "" : "; ") + (role.empty() ? std::string("owner") : std::string(role)) +
            "=";
    std::string list;
    for (const auto &[name, option] : names)
      list += (list.empty() ? "" : ",") + name + (option ? "*" : "");
    text += list;
  }
  return text;
}

static std::string afterGrants(std::string_view grants) {
  Replay replay("CREATE TABLE t (a int, b int);");
  replay.run(grants);
  CHECK(replay.refusals.empty());
  const PrivilegesPointer &privileges = replay.table("t").privileges;
  std::string text = privilegesOf(privileges);
  const size_t others = text.find("; ");
  return others == std::string::npos ? text.substr(0, text.find('=')) : text.substr(others + 2);
}

TEST_CASE("privileges are granted and revoked one by one") {
  CHECK(afterGrants("") == "default");
  CHECK(afterGrants("GRANT SELECT, INSERT ON t TO reader, writer;") ==
        "reader=insert,select; writer=insert,select");
  CHECK(afterGrants("GRANT SELECT ON t TO a WITH GRANT OPTION;") == "a=select*");
  CHECK(afterGrants("GRANT SELECT, INSERT ON t TO a; REVOKE INSERT ON t FROM a;") == "a=select");
  CHECK(afterGrants("GRANT SELECT ON t TO a; REVOKE ALL ON t FROM a;") == "owner");
  CHECK(afterGrants("GRANT SELECT ON t TO a WITH GRANT OPTION;"
                    "REVOKE GRANT OPTION FOR SELECT ON t FROM a;") == "a=select");
}

TEST_CASE("ALL is what the server version has") {
  Replay before("CREATE TABLE t (); GRANT ALL ON t TO a;", 16);
  CHECK(before.table("t").privileges->of.find("a")->contains("maintain") == false);
  Replay since("CREATE TABLE t (); GRANT ALL ON t TO a;", 17);
  CHECK(since.table("t").privileges->of.find("a")->contains("maintain"));
}

TEST_CASE("privileges of columns are kept with the columns, and go with those of the table") {
  Replay replay("CREATE TABLE t (a int, b int); GRANT SELECT (a), UPDATE (a, b) ON t TO reader;");
  CHECK(privilegesOf(replay.table("t").privileges) == "default");
  CHECK(privilegesOf(replay.table("t").findColumn("a")->privileges) == "reader=select,update");
  CHECK(privilegesOf(replay.table("t").findColumn("b")->privileges) == "reader=update");
  replay.run("REVOKE UPDATE ON t FROM reader;");
  CHECK(privilegesOf(replay.table("t").findColumn("a")->privileges) == "reader=select");
  CHECK(privilegesOf(replay.table("t").findColumn("b")->privileges) == "default");
}

TEST_CASE("ALL TABLES IN SCHEMA are those that there are; default privileges are for later ones") {
  Replay replay("CREATE TABLE early (a int); CREATE SEQUENCE s;"
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;"
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO writer;"
                "CREATE TABLE late (a int);");
  CHECK(replay.table("early").privileges->of.contains("reader"));
  CHECK_FALSE(replay.table("s").privileges);
  REQUIRE(replay.table("late").privileges);
  CHECK_FALSE(replay.table("late").privileges->of.contains("reader"));
  CHECK(replay.table("late").privileges->of.find("writer")->contains("insert"));
}
