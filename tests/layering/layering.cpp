// Reads every include of analyzer/ and rules/: a folder may use only the folders before it in
// LOCKSTEP_LAYERS, and third-party headers stay in the sources of the few folders that need them.

#include "sources.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace layering;

/// The position of a layer, or the number of layers for a name that is none.
static std::size_t layerIndex(const std::vector<std::string> &names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

static bool startsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

/// Whether an angle include names a header of the C++ or C library or of the system.
static bool isSystemHeader(std::string_view name) {
  static constexpr std::array<std::string_view, 16> system_headers{
      "assert.h",  "dirent.h",  "errno.h",  "fcntl.h",  "limits.h", "poll.h",
      "pthread.h", "signal.h",  "spawn.h",  "stddef.h", "stdint.h", "stdlib.h",
      "string.h",  "termios.h", "unistd.h", "stdbool.h"};
  if (name.find('.') == std::string_view::npos && name.find('/') == std::string_view::npos)
    return true;
  return startsWith(name, "sys/") ||
         std::find(system_headers.begin(), system_headers.end(), name) != system_headers.end();
}

/// What is wrong with one include of a file of `folder` ("sql", or "rules"), empty if nothing.
static std::string problem(const std::vector<std::string> &names, std::string_view folder,
                           bool is_header, const Include &include) {
  const bool is_rule = folder == "rules";
  const std::size_t own = layerIndex(names, is_rule ? "engine" : folder);
  const auto in = [&](std::string_view lowest) { return own >= layerIndex(names, lowest); };

  if (include.quoted) {
    const std::string top = include.name.substr(0, include.name.find('/'));
    if (top == "rules")
      return is_rule || folder == "cli" || folder == "lsp" ? "" : "only cli and lsp know the rules";
    const std::size_t used = layerIndex(names, top);
    if (used == names.size() || include.name.find('/') == std::string::npos)
      return "is not written from the analyzer root";
    if (used > own)
      return std::string(folder) + " stands before " + top;
    return "";
  }
  if (include.name == "iostream")
    return "brings static constructors";
  if (isSystemHeader(include.name))
    return "";
  if (is_header)
    return "third-party header in a header";
  if (startsWith(include.name, "llvm/"))
    return is_rule ? "rules need no LLVM" : "";
  if (startsWith(include.name, "nlohmann/"))
    return !is_rule && in("history") ? "" : "JSON is for history and below";
  return folder == "sql" ? "" : "only sql sees the parser";
}

static void checkSource(const std::vector<std::string> &names, const Source &source,
                        std::string_view folder, std::vector<std::string> &problems) {
  for (const Include &include : includesOf(source.text)) {
    const std::string found = problem(names, folder, source.isHeader(), include);
    if (!found.empty())
      problems.push_back(source.path + ": " + include.name + ": " + found);
  }
}

TEST_CASE("every include respects the order of the layers") {
  std::vector<std::string> problems;
  for (const Source &source : sourcesBelow("analyzer")) {
    const size_t begin = std::string_view("analyzer/").size();
    const std::string name = source.path.substr(begin, source.path.find('/', begin) - begin);
    if (layerIndex(layers(), name) == layers().size())
      problems.push_back("analyzer/" + name + " is not a layer");
    else
      checkSource(layers(), source, name, problems);
  }
  for (const Source &source : sourcesBelow("rules"))
    checkSource(layers(), source, "rules", problems);
  CHECK(problems == std::vector<std::string>{});
}

TEST_CASE("wrong includes are recognised") {
  const auto wrong = [&](std::string_view folder, bool is_header, std::string_view line) {
    const std::vector<Include> includes = includesOf(line);
    REQUIRE(includes.size() == 1);
    return !problem(layers(), folder, is_header, includes[0]).empty();
  };
  CHECK(wrong("sql", false, "#include \"catalog/catalog.hpp\""));
  CHECK_FALSE(wrong("catalog", true, "#include \"sql/parse.hpp\""));
  CHECK_FALSE(wrong("sql", true, "  # include \"sql/parse.hpp\""));
  CHECK(wrong("sql", true, "#include \"parse.hpp\""));
  CHECK(wrong("engine", false, "#include \"rules/registry.hpp\""));
  CHECK_FALSE(wrong("cli", false, "#include \"rules/registry.hpp\""));
  CHECK(wrong("rules", false, "#include \"session/session.hpp\""));
  CHECK_FALSE(wrong("rules", false, "#include \"engine/rule.hpp\""));
  CHECK_FALSE(wrong("sql", false, "#include <pg_query.h>"));
  CHECK(wrong("sql", true, "#include <pg_query.h>"));
  CHECK(wrong("catalog", false, "#include <nodes/parsenodes.h>"));
  CHECK(wrong("report", true, "#include <nlohmann/json.hpp>"));
  CHECK_FALSE(wrong("report", false, "#include <nlohmann/json.hpp>"));
  CHECK(wrong("ops", false, "#include <nlohmann/json.hpp>"));
  CHECK_FALSE(wrong("cli", false, "#include <llvm/Support/CommandLine.h>"));
  CHECK(wrong("cli", true, "#include <llvm/Support/CommandLine.h>"));
  CHECK(wrong("base", false, "#include <iostream>"));
  CHECK_FALSE(wrong("base", true, "#include <string_view>"));
  CHECK_FALSE(wrong("cli", false, "#include <unistd.h>"));
}
