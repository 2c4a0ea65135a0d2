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
