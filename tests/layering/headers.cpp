// A header leads to the source of what it declares: foo.hpp to foo.cpp, to foo_*.cpp beside it, or
// to the files that it names.

#include "declarations.hpp"
#include "sources.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace layering;

namespace {
using Names = std::vector<std::string>;

/// "lockstep::sql::Splitter" of "lockstep::sql::Splitter::next(…)", for a function what it is.
std::string keyOf(const Declaration &declaration) {
  const size_t part = declaration.name.find("::");
  const std::string name = declaration.space + "::" + declaration.name.substr(0, part);
  return part == std::string::npos && declaration.kind == Declaration::Kind::function ? name + "()"
                                                                                      : name;
}

bool leads(const Source &header, const Source &source) {
  if (header.folder() == source.folder() &&
      (header.stem() == source.stem() ||
       source.stem().starts_with(std::string(header.stem()) + "_")))
    return true;
  const size_t named = header.text.find(source.file());
  return named != std::string::npos && named > 0 && header.text[named - 1] == ' ';
}

/// The sources that define what only headers declare that do not lead there.
Names strayDefinitions(const std::vector<Source> &sources) {
  std::map<std::string, std::set<const Source *>> headers;
  for (const Source &source : sources)
    if (source.isHeader())
      for (const Declaration &declaration : declarationsOf(source.text))
        if (declaration.is_definition == (declaration.kind == Declaration::Kind::type))
          headers[keyOf(declaration)].insert(&source);
  std::set<std::string> problems;
  for (const Source &source : sources) {
    if (source.isHeader())
      continue;
    const std::vector<Declaration> own = declarationsOf(source.text);
    for (const Declaration &declaration : own) {
      const auto isOwnType = [&](const Declaration &type) {
        return type.kind == Declaration::Kind::type && type.is_local &&
               declaration.name.starts_with(type.name + "::");
      };
      if (declaration.kind != Declaration::Kind::function || !declaration.is_definition ||
          declaration.is_local || std::any_of(own.begin(), own.end(), isOwnType))
        continue;
      const auto found = headers.find(keyOf(declaration));
      if (found != headers.end() &&
          std::none_of(found->second.begin(), found->second.end(),
                       [&](const Source *header) { return leads(*header, source); }))
        problems.insert((*found->second.begin())->path + " declares " + declaration.name + " of " +
                        source.path);
    }
  }
  return {problems.begin(), problems.end()};
}
} // namespace

TEST_CASE("headers lead to their source") {
  CHECK(strayDefinitions(sourcesBelow("analyzer")) == Names{});
}

TEST_CASE("headers that lead astray are recognised") {
  const Source header{"analyzer/sql/a.hpp", "namespace n { struct A { void f(); }; void g(int); }"};
  const auto straysIn = [&](std::string path, std::string text) {
    return strayDefinitions({header, {std::move(path), std::move(text)}});
  };
  CHECK(straysIn("analyzer/sql/a.cpp", "namespace n { void A::f() {} void g(int) {} }") == Names{});
  CHECK(straysIn("analyzer/sql/a_more.cpp", "namespace n { void g(int) {} }") == Names{});
  CHECK(straysIn("analyzer/sql/b.cpp", "namespace n { static void g(int) {} }") == Names{});
  CHECK(straysIn("analyzer/sql/b.cpp", "namespace n { void A::f() {} }") ==
        Names{"analyzer/sql/a.hpp declares A::f of analyzer/sql/b.cpp"});
  CHECK(straysIn("analyzer/ops/a.cpp", "namespace n { void g(int) {} }") ==
        Names{"analyzer/sql/a.hpp declares g of analyzer/ops/a.cpp"});
  CHECK(strayDefinitions({{"analyzer/sql/a.hpp", "// b.cpp\nvoid g(int);"},
                          {"analyzer/sql/b.cpp", "void g(int) {}"}}) == Names{});
}
