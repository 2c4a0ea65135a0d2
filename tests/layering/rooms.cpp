// The folders of analyzer/: none holds more than a reader can look over, and they use each other in
// one direction only.

#include "sources.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace layering;

namespace {
using Names = std::vector<std::string>;
/// What each folder includes of other folders.
using Graph = std::map<std::string, std::set<std::string>>;

constexpr size_t most_files = 40;

/// The folders of the layers that have rooms, lowest first: one may use only what stands before it.
/// The layer's own folder, where it holds files, is the door for the layers above, or the ground
/// that its rooms stand on.
constexpr std::array<std::string_view, 21> rooms{
    "base",          "base/pg",                                        //
    "sql/text",      "sql/query",       "sql/lower",        "sql",     //
    "catalog/model", "catalog/change",  "catalog/apply",               //
    "ddl",           "ddl/dump",                                       //
    "effects/facts", "effects/steps",   "effects/describe", "effects", //
    "history/files", "history/reading", "history/formats",  "history", //
    "report",        "report/formats"};

std::string_view layerOf(std::string_view folder) { return folder.substr(0, folder.find('/')); }

/// "analyzer/sql/text" without "analyzer/".
std::string inAnalyzer(std::string_view folder) {
  return std::string(folder.substr(std::min(folder.size(), std::string_view("analyzer/").size())));
}

Graph graphOf(const std::vector<Source> &sources) {
  Graph graph;
  for (const Source &source : sources)
    for (const Include &include : includesOf(source.text)) {
      const std::string from = inAnalyzer(source.folder());
      const std::string to = include.name.substr(0, std::max(include.name.rfind('/'), size_t{0}));
      // layer.hpp belongs to all rooms of its layer.
      if (include.quoted && include.name.ends_with(".hpp") && from != to &&
          !include.name.ends_with("/layer.hpp"))
        graph[from].insert(to);
    }
  return graph;
}

/// Folders that use each other in a circle, one circle a line: "a -> b -> a".
Names circlesIn(const Graph &graph) {
  Names circles;
  std::set<std::string> done;
  Names path;
  const auto visit = [&](const std::string &folder, const auto &self) -> void {
    const auto open = std::find(path.begin(), path.end(), folder);
    if (open != path.end()) {
      std::string circle;
      for (auto each = open; each != path.end(); ++each)
        circle += *each + " -> ";
      circles.push_back(circle + folder);
      return;
    }
    if (done.contains(folder))
      return;
    path.push_back(folder);
    if (const auto found = graph.find(folder); found != graph.end())
      for (const std::string &used : found->second)
        self(used, self);
    path.pop_back();
    done.insert(folder);
  };
  for (const auto &[folder, used] : graph)
    visit(folder, visit);
  return circles;
}

/// Includes of a room that stands later in the same layer.
Names upwardsIn(const Graph &graph) {
  Names problems;
  const auto positionOf = [](std::string_view folder) {
    return std::find(rooms.begin(), rooms.end(), folder) - rooms.begin();
  };
  for (const auto &[folder, all] : graph)
    for (const std::string &used : all)
      if (layerOf(folder) == layerOf(used) && positionOf(folder) <= positionOf(used))
        problems.push_back(folder + " stands before " + used);
  return problems;
}
} // namespace

TEST_CASE("no folder holds more files than a reader can look over") {
  std::map<std::string, size_t> counts;
  for (const Source &source : sourcesBelow("analyzer"))
    ++counts[std::string(source.folder())];
  Names problems;
  for (const auto &[folder, count] : counts)
    if (count > most_files)
      problems.push_back(folder + ": " + std::to_string(count) + " files");
  CHECK(problems == Names{});
}

TEST_CASE("folders use each other in one direction") {
  const std::vector<Source> sources = sourcesBelow("analyzer");
  const Graph graph = graphOf(sources);
  CHECK(graph.size() > 10);
  Names strangers;
  for (const Source &source : sources) {
    const std::string folder = inAnalyzer(source.folder());
    const bool is_room = folder.find('/') != std::string::npos;
    if (is_room && std::find(rooms.begin(), rooms.end(), folder) == rooms.end())
      strangers.push_back(source.path + " stands in no room that is known");
    if (source.file() == "layer.hpp" && !includesOf(source.text).empty())
      strangers.push_back(source.path + " includes something");
  }
  CHECK(strangers == Names{});
  CHECK(circlesIn(graph) == Names{});
  CHECK(upwardsIn(graph) == Names{});
}

TEST_CASE("circles of folders are recognised") {
  const auto source = [](std::string path, std::string include) {
    return Source{"analyzer/" + std::move(path), "#include \"" + std::move(include) + "\"\n"};
  };
  const Graph good = graphOf({source("sql/lower/a.cpp", "sql/text/b.hpp"),
                              source("sql/lower/a.cpp", "sql/lower/c.hpp"),
                              source("sql/script.cpp", "sql/lower/c.hpp")});
  CHECK(circlesIn(good) == Names{});
  CHECK(upwardsIn(good) == Names{});
  const Graph bad = graphOf({source("sql/lower/a.cpp", "sql/text/b.hpp"),
                             source("sql/text/b.hpp", "sql/query/c.hpp"),
                             source("sql/query/c.cpp", "sql/lower/a.hpp")});
  CHECK(circlesIn(bad) == Names{"sql/lower -> sql/text -> sql/query -> sql/lower"});
  CHECK(upwardsIn(bad) == Names{"sql/query stands before sql/lower", //
                                "sql/text stands before sql/query"});
  const Graph above = graphOf({source("sql/text/a.cpp", "sql/script.hpp")});
  CHECK(upwardsIn(above) == Names{"sql/text stands before sql"});
}
