#include "replay.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace lockstep;

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
