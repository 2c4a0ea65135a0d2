// The parser and LLVM's Support library link and work together in one static program.

#include <catch2/catch_test_macros.hpp>
#include <llvm/Support/YAMLTraits.h>

extern "C" {
#include "raw_parse.h"
}

#include <string>

namespace {
struct Config {
  std::string framework;
  int postgres = 0;
};
} // namespace

template <> struct llvm::yaml::MappingTraits<Config> {
  static void mapping(IO &io, Config &config) {
    io.mapRequired("framework", config.framework);
    io.mapOptional("postgres", config.postgres);
  }
};

TEST_CASE("the linked grammar parses to raw trees") {
  int error_at = 0;
  CHECK(grammarVersion() >= 170000);
  CHECK(rawParse("CREATE TABLE t (a int); DROP TABLE t", &error_at) == 2);
  CHECK(rawParse("SELECT 1; CREATE TABEL t ()", &error_at) == -1);
  CHECK(error_at == 18);
  // Decimal, hexadecimal and unicode escapes reach the functions that old C libraries lack.
  CHECK(rawParse("SELECT U&'d\\0061t\\+000061', 1_000, 0xFF", &error_at) == 1);
}

TEST_CASE("the grammar of PostgreSQL 18 has its safe forms") {
  if (grammarVersion() < 180000)
    SKIP("linked against an older libpg_query");
  int error_at = 0;
  CHECK(rawParse("ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID", &error_at) == 1);
  CHECK(rawParse("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED", &error_at) == 1);
  CHECK(rawParse("ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a * 2) VIRTUAL", &error_at) ==
        1);
}

TEST_CASE("YAML is read into a struct") {
  Config config;
  llvm::yaml::Input input("framework: goose\npostgres: 16\n");
  input >> config;
  CHECK(!input.error());
  CHECK(config.framework == "goose");
  CHECK(config.postgres == 16);
}
