// One place as every reporter names it, from the file's bytes on.
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace lockstep::test;
using nlohmann::json;

namespace {
struct Place {
  std::string name;
  std::string text; ///< Holds "DROP COLUMN a" once.
  unsigned line;
  unsigned code_points; ///< Columns.
  unsigned utf16;
  unsigned bytes;
  std::string file = "x.sql";
};
} // namespace

static const std::vector<Place> places{
    {"plain", "ALTER TABLE t DROP COLUMN a;", 1, 15, 15, 15},
    {"comments and blank lines first", "-- a\n\n/* b\n */ ALTER TABLE t DROP COLUMN a;\n", 4, 19,
     19, 19},
    {"two statements on a line", "SELECT 1; ALTER TABLE t DROP COLUMN a;", 1, 25, 25, 25},
    {"CRLF", "SELECT 1;\r\n\r\nALTER TABLE t\r\n  DROP COLUMN a;\r\n", 4, 3, 3, 3},
    {"lone CR", "SELECT 1;\rALTER TABLE t\r DROP COLUMN a;\r", 3, 2, 2, 2},
    {"tabs", "ALTER TABLE t\n\t\tDROP COLUMN a;", 2, 3, 3, 3},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "ALTER TABLE t DROP COLUMN a;",
     1, 15, 15, 15},
    {"beyond the basic plane", "SELECT '𐐀'; ALTER TABLE t DROP COLUMN a;", 1, 27, 28, 30},
    {"accents in names", "ALTER TABLE \"tä\" DROP COLUMN a;", 1, 18, 18, 19},
    {"psql before", "\\set x 1\nALTER TABLE t DROP COLUMN a;", 2, 15, 15, 15},
    {"a placeholder before", "SELECT '${who}'; ALTER TABLE t DROP COLUMN a;", 1, 32, 32, 32,
     "db/migration/V1__x.sql"},
    {"a down section before",
     "-- +migrate Down\nDROP TABLE u;\n-- +migrate Up\nALTER TABLE t DROP COLUMN a;", 4, 15, 15, 15,
     "1_x.sql"},
};

static const json *dropColumnOf(const json &list, std::string_view key) {
  for (const json &entry : list)
    if (entry.at(json::json_pointer(std::string(key))) == "drop-column")
      return &entry;
  return nullptr;
}

TEST_CASE("every reporter names the same place, each in its own columns") {
  for (const Place &place : places) {
    INFO(place.name);
    TemporaryDirectory directory;
    directory.write(place.file, place.text);
    auto rendered = [&](const std::string &format) {
      return runLockstep({"check", place.file, "--format", format}, directory.path()).out;
    };
    auto parsed = [&](const std::string &format) {
      return json::parse(rendered(format), nullptr, false);
    };
    std::string at = std::to_string(place.line) + ":" + std::to_string(place.code_points);
    CHECK(rendered("concise").find(place.file + ":" + at + ": error: ") != std::string::npos);
    CHECK(rendered("text").find(place.file + ":" + at + ": error: ") != std::string::npos);

    json document = parsed("json");
    const json *finding = dropColumnOf(document["findings"], "/rule");
    REQUIRE(finding);
    auto length = static_cast<unsigned>(std::string_view("DROP COLUMN a").size());
    size_t offset = place.text.find("DROP COLUMN a");
    CHECK((*finding)["range"]["start"] ==
          json{{"line", place.line}, {"column", place.code_points}, {"offset", offset}});
    CHECK((*finding)["range"]["end"] == json{{"line", place.line},
                                             {"column", place.code_points + length},
                                             {"offset", offset + length}});

    json sarif = parsed("sarif");
    const json *result = dropColumnOf(sarif["runs"][0]["results"], "/ruleId");
    REQUIRE(result);
    json region = (*result)["locations"][0]["physicalLocation"]["region"];
    CHECK(region["startLine"] == place.line);
    CHECK(region["startColumn"] == place.utf16);
    CHECK(region["endColumn"] == place.utf16 + length);

    json rdjson = parsed("rdjson");
    const json *diagnostic = dropColumnOf(rdjson["diagnostics"], "/code/value");
    REQUIRE(diagnostic);
    CHECK((*diagnostic)["location"]["range"]["start"] ==
          json{{"line", place.line}, {"column", place.bytes}});

    json gitlab = parsed("gitlab");
    const json *entry = dropColumnOf(gitlab, "/check_name");
    REQUIRE(entry);
    CHECK((*entry)["location"]["lines"]["begin"] == place.line);
    CHECK(rendered("github").find(
              ",line=" + std::to_string(place.line) + ",endLine=" + std::to_string(place.line) +
              ",col=" + std::to_string(place.code_points) + ",") != std::string::npos);
  }
}
