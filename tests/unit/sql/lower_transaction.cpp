#include "lowered.hpp"

using namespace lockstep::sql;
using namespace lockstep::test;

using Texts = std::vector<std::string>;

TEST_CASE("transaction control") {
  auto action = [](std::string_view sql) { return only<TransactionControl>(sql).action; };
  CHECK(action("BEGIN") == TransactionAction::begin);
  CHECK(action("START TRANSACTION ISOLATION LEVEL SERIALIZABLE") == TransactionAction::begin);
  CHECK(action("END") == TransactionAction::commit);
  CHECK(action("ABORT") == TransactionAction::rollback);
  CHECK(action("PREPARE TRANSACTION 'x'") == TransactionAction::prepare);
  CHECK(action("COMMIT PREPARED 'x'") == TransactionAction::commit_prepared);
  CHECK(action("ROLLBACK PREPARED 'x'") == TransactionAction::rollback_prepared);
  CHECK(only<TransactionControl>("COMMIT AND CHAIN").chain);
  CHECK(only<TransactionControl>("SAVEPOINT s").name == "s");
  CHECK(action("RELEASE s") == TransactionAction::release);
  auto back = only<TransactionControl>("ROLLBACK TO SAVEPOINT s");
  CHECK((back.action == TransactionAction::rollback_to && back.name == "s"));
}

TEST_CASE("SET in all its forms") {
  auto is = [](std::string_view sql, std::string_view name, const Texts &values, bool local,
               bool reset) {
    INFO(sql);
    auto op = only<SetVariable>(sql);
    CHECK(op.name == name);
    CHECK(op.values == values);
    CHECK(op.local == local);
    CHECK(op.reset == reset);
  };
  is("SET lock_timeout = '2s'", "lock_timeout", {"2s"}, false, false);
  is("SET LOCAL Lock_Timeout TO 2000", "lock_timeout", {"2000"}, true, false);
  is("SET search_path TO app, \"Other\", public", "search_path", {"app", "Other", "public"}, false,
     false);
  is("SET statement_timeout TO DEFAULT", "statement_timeout", {}, false, true);
  is("RESET statement_timeout", "statement_timeout", {}, false, true);
  is("RESET ALL", "", {}, false, true);
  is("DISCARD ALL", "", {}, false, true);
  is("SET TIME ZONE 'UTC'", "timezone", {"UTC"}, false, false);
  is("SET TIME ZONE INTERVAL '-08:00' HOUR TO MINUTE", "timezone", {"-08:00"}, false, false);
  is("SET TIME ZONE LOCAL", "timezone", {}, false, true);
  is("SET ROLE bob", "role", {"bob"}, false, false);
  is("SET SESSION AUTHORIZATION bob", "session_authorization", {"bob"}, false, false);
  is("SET SCHEMA 'app'", "search_path", {"app"}, false, false);
  is("SET NAMES 'UTF8'", "client_encoding", {"UTF8"}, false, false);
  is("SET check_function_bodies = off", "check_function_bodies", {"off"}, false, false);
  is("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "transaction_isolation", {"read committed"},
     true, false);
  is("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "default_transaction_read_only", {"1"},
     false, false);
  is("SELECT set_config('Lock_Timeout', '5s', true)", "lock_timeout", {"5s"}, true, false);
  is("SELECT pg_catalog.set_config('search_path', '', false)", "search_path", {""}, false, false);
  is("SELECT set_config('search_path', 'app, \"Other\"', 'f')", "search_path", {"app", "Other"},
     false, false);
}

TEST_CASE("set_config that no text decides stays a SELECT") {
  CHECK(only<Select>("SELECT set_config('a', current_user, true)").query.functions.size() == 1);
  CHECK(only<Select>("SELECT set_config('a.b', 'x', true) FROM t").query.relations.size() == 1);
  CHECK(lowered("SELECT set_config('a.b', 'x', true), set_config('a.c', 'y', true)").size() == 2);
}

TEST_CASE("SET TRANSACTION with several modes is several settings") {
  CHECK(lowered("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE").size() == 3);
  only<NoEffect>("SET TRANSACTION SNAPSHOT 'x'");
  only<NoEffect>("DISCARD PLANS");
}
