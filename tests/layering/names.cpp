// One name, one definition: a second type or function of the same qualified name compiles as long
// as no source sees both, and the linker takes one for the other.

#include "declarations.hpp"
#include "sources.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace layering;

namespace {
using Names = std::vector<std::string>;

struct Place {
  const Source *source = nullptr;
  Declaration declaration;
};

std::vector<Place> declarationsIn(const std::vector<Source> &sources) {
  std::vector<Place> places;
  for (const Source &source : sources)
    for (Declaration &declaration : declarationsOf(source.text))
      places.push_back({&source, std::move(declaration)});
  return places;
}

/// Names that two files define: "lockstep::A: a.hpp, b.hpp".
Names definedTwice(const std::vector<Place> &places) {
  std::map<std::string, std::set<std::string>> files;
  for (const Place &place : places)
    if (place.declaration.is_definition && !place.declaration.is_local)
      files[place.declaration.qualifiedName()].insert(place.source->path);
  Names problems;
  for (const auto &[name, all] : files) {
    if (all.size() < 2)
      continue;
    std::string line = name + ":";
    for (const std::string &file : all)
      line += " " + file;
    problems.push_back(line);
  }
  return problems;
}

/// Types that a source defines for itself, where others could define one of the same name.
Names openLocalTypes(const std::vector<Place> &places) {
  std::set<std::string> in_headers;
  for (const Place &place : places)
    if (place.source->isHeader())
      in_headers.insert(place.declaration.qualifiedName());
  Names problems;
  for (const auto &[source, declaration] : places)
    if (declaration.kind == Declaration::Kind::type && declaration.is_definition &&
        !declaration.is_local && !source->isHeader() &&
        declaration.name.find("::") == std::string::npos && // A part of a class of a header.
        !in_headers.contains(declaration.qualifiedName()))
      problems.push_back(source->path + ": " + declaration.name);
  return problems;
}

std::vector<Source> ours() {
  std::vector<Source> sources = sourcesBelow("analyzer");
  for (Source &source : sourcesBelow("rules"))
    sources.push_back(std::move(source));
  return sources;
}
} // namespace

TEST_CASE("no name is defined twice") {
  const std::vector<Source> sources = ours();
  const std::vector<Place> places = declarationsIn(sources);
  CHECK(places.size() > 3000);
  CHECK(definedTwice(places) == Names{});
}

TEST_CASE("types of one source stand in an anonymous namespace") {
  const std::vector<Source> sources = ours();
  CHECK(openLocalTypes(declarationsIn(sources)) == Names{});
}

TEST_CASE("second definitions are recognised") {
  const std::vector<Source> sources{
      {"analyzer/sql/a.hpp", "namespace lockstep::sql { struct Name { int x; }; void f(int a); }"},
      {"analyzer/sql/b.cpp", "namespace lockstep::sql { struct Name { int y; };\n"
                             "void f(int b) { g(); } void f(long) {} }"},
      {"analyzer/sql/c.cpp", "namespace lockstep { namespace sql { void f(int a) {} } }"},
      {"analyzer/sql/d.cpp", "namespace lockstep::sql { static void f(int) {}\n"
                             "namespace { struct Name {}; void f(long) {} } struct Other; }"},
      {"analyzer/ops/e.hpp", "namespace lockstep::ops { struct Name; inline void f(int) {} }"},
  };
  const std::vector<Place> places = declarationsIn(sources);
  CHECK(definedTwice(places) ==
        Names{"lockstep::sql::Name: analyzer/sql/a.hpp analyzer/sql/b.cpp",
              "lockstep::sql::f(int): analyzer/sql/b.cpp analyzer/sql/c.cpp"});
  CHECK(openLocalTypes(declarationsIn({sources[1], sources[3]})) ==
        Names{"analyzer/sql/b.cpp: Name"});
  CHECK(openLocalTypes(places) == Names{});
}

TEST_CASE("declarations are read off the source") {
  const auto read = [](std::string_view text) {
    Names names;
    for (const Declaration &each : declarationsOf(text))
      names.push_back((each.is_local ? "local " : "") + each.qualifiedName() +
                      (each.is_definition ? " {}" : ""));
    return names;
  };
  CHECK(read("namespace a::b { class C; } struct D final : E<int> { void f(); };") ==
        Names{"a::b::C", "D {}"});
  CHECK(read("enum class A : uint8_t { x, y }; enum class B;") == Names{"A {}", "B"});
  CHECK(read("template <class T> struct A<std::vector<T>> {};") == Names{"A<std::vector<T>> {}"});
  CHECK(read("[[nodiscard]] const std::map<int, A> &f(std::map<int, A> a = {{1, g()}}, B *b);") ==
        Names{"f(std::map<int,A>, B*)"});
  CHECK(read("bool C::f(const A &a) const { return \"}\" == '}' && R\"x()\")x\"; } void g();") ==
        Names{"C::f(const A&) const {}", "g()"});
  CHECK(
      read("C::C(int a) : a_(a), b_{a} { if (a) {} } C::~C() = default; bool operator==(A, A);") ==
      Names{"C::C(int) {}", "C::~C()", "operator==(A, A)"});
  CHECK(read("static constexpr std::array<int, 2> a{1, 2}; const auto b = [](int) { return 1; };\n"
             "int c = f(1); using D = void (*)(int); extern \"C\" { void e(void); }") ==
        Names{"e(void)"});
  CHECK(read("#define X { \\\n {\n// f() {\nnamespace { void f() {} } static void g(A) {}") ==
        Names{"local (anonymous)::f() {}", "local g(A) {}"});
}
