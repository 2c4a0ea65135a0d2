#include "support/replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep::catalog;
using namespace lockstep::test;

TEST_CASE("a table has its columns, keys and their generated names") {
  CHECK(after("CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE,"
              " age int CHECK (age > 0), boss int REFERENCES users, CHECK (age > id),"
              " UNIQUE (email, age));") == R"(
table public.users
  id integer DEFAULT nextval('public.users_id_seq'::regclass) NOT NULL
  email text NOT NULL
  age integer
  boss integer
  constraint users_age_check CHECK (age > 0)
  constraint users_boss_fkey FOREIGN KEY (boss) REFERENCES public.users(id)
  constraint users_check CHECK (age > id)
  constraint users_email_age_key UNIQUE (email, age)
  constraint users_email_key UNIQUE (email)
  constraint users_pkey PRIMARY KEY (id)
  index users_email_age_key unique (email, age) constraint
  index users_email_key unique (email) constraint
  index users_pkey unique (id) constraint
sequence public.users_id_seq owned by public.users.id
)");
}

TEST_CASE("a table has at most 1600 columns") {
  std::string columns = "c0 int";
  for (int i = 1; i < 1600; ++i)
    columns += ", c" + std::to_string(i) + " int";
  std::string table = "CREATE TABLE wide (" + columns + ");";
  CHECK(refusalsOf(table, "ALTER TABLE wide ADD COLUMN more int;") ==
        "54011 tables can have at most 1600 columns");
  CHECK(refusalsOf("", "CREATE TABLE wide (" + columns + ", more int);") ==
        "54011 tables can have at most 1600 columns");
  CHECK(refusalsOf(table, "ALTER TABLE wide DROP COLUMN c7;").empty());
}

TEST_CASE("a generated name takes the lowest number that is free") {
  const auto generated = [](const std::string &script) {
    // The index on b is made last, by the server's name for it.
    const std::string before = after("CREATE TABLE t (a int, b int);" + script);
    const std::string now =
        after("CREATE TABLE t (a int, b int);" + script + "CREATE INDEX ON t (b);");
    std::string name;
    for (size_t at = 0; (at = now.find("\n  index ", at)) != std::string::npos; ++at) {
      const size_t begin = at + std::string_view("\n  index ").size();
      const std::string one = now.substr(begin, now.find(' ', begin) - begin);
      if (before.find("  index " + one + " ") == std::string::npos)
        name += one;
    }
    return name;
  };
  const auto many = [](int count) {
    std::string script;
    for (int i = 0; i < count; ++i)
      script += "CREATE INDEX ON t (b);";
    return script;
  };
  CHECK(generated("") == "t_b_idx");
  CHECK(generated(many(1)) == "t_b_idx1");
  CHECK(generated(many(12)) == "t_b_idx12");
  CHECK(generated(many(12) + "DROP INDEX t_b_idx;") == "t_b_idx");
  CHECK(generated(many(12) + "DROP INDEX t_b_idx4;") == "t_b_idx4");
  CHECK(generated(many(12) + "DROP INDEX t_b_idx4, t_b_idx2;") == "t_b_idx2");
  CHECK(generated(many(12) + "DROP INDEX t_b_idx4; CREATE INDEX ON t (b);") == "t_b_idx12");
  CHECK(generated(many(3) + "ALTER INDEX t_b_idx1 RENAME TO other;") == "t_b_idx1");
  CHECK(generated(many(3) + "ALTER INDEX t_b_idx1 RENAME TO t_b_idx3;") == "t_b_idx1");
  CHECK(generated("CREATE INDEX t_b_idx1 ON t (a); CREATE INDEX t_b_idx3 ON t (a);" + many(2)) ==
        "t_b_idx4");
  CHECK(generated("CREATE INDEX t_b_idx01 ON t (a);" + many(1)) == "t_b_idx1");
  CHECK(generated(many(2) + "CREATE TABLE t_b_idx2 ();") == "t_b_idx3");
  const std::string longest(60, 'x');
  CHECK(generated("DROP TABLE t; CREATE TABLE " + longest + " (b int); ALTER TABLE " + longest +
                  " RENAME TO t;" + many(3)) == "t_b_idx3");
}
