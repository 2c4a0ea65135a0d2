// Adds an op to the variant Op, as someone would, and sees what the compiler says: it must name
// what the op has not answered yet. The op is added to a copy of ops/op.hpp that stands first in
// the include path; all else is the program's own source.

#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace fs = std::filesystem;
using lockstep::test::Outcome;

/// The new op's answers, all but the last.
static constexpr std::string_view most_answers =
    "Changes::schema, Existence::kept, Subject::table, Repeats::freely, IfMissing::fails, "
    "Planned::no, Gives::nothing, Expressions::none";

static std::string traitsOf(std::string_view answers) {
  return "static constexpr OpTraits traits = OpTraits(" + std::string(answers) + ");\n";
}

static std::string allTraits() { return traitsOf(std::string(most_answers) + ", Strings::text"); }

static std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// Compiles a file of analyzer/ where there is an op Annotate: `members` are added to it,
/// `functions` stand behind it.
static Outcome compile(std::string_view file, std::string_view members,
                       std::string_view functions = {}) {
  lockstep::test::TemporaryDirectory folder;
  folder.write("ops/annotate.hpp", "#pragma once\n"
                                   "#include \"ops/name.hpp\"\n"
                                   "#include \"ops/traits.hpp\"\n"
                                   "namespace lockstep::catalog { class Change; }\n"
                                   "namespace lockstep::effects { class Collector; }\n"
                                   "namespace lockstep::ops {\n"
                                   "struct Annotate {\n"
                                   "QualifiedName table;\n"
                                   "base::Range where;\n" +
                                       std::string(members) + "};\n" + std::string(functions) +
                                       "}\n");
  const std::string variant = lockstep::test::readFile("analyzer/ops/op.hpp");
  folder.write("ops/op.hpp", replaced(replaced(variant, "Call>;", "Call, Annotate>;"),
                                      "#include \"ops/alter_table.hpp\"",
                                      "#include \"ops/alter_table.hpp\"\n"
                                      "#include \"ops/annotate.hpp\""));
  return lockstep::test::run({LOCKSTEP_CXX, "-std=c++20", "-fsyntax-only", "-I",
                              folder.path().string(), "-I", "analyzer",
                              "analyzer/" + std::string(file)},
                             fs::current_path());
}

static void checkRefused(const Outcome &outcome, std::string_view because) {
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find(because) != std::string::npos);
  CHECK(outcome.err.find("Annotate") != std::string::npos);
}

static void checkAccepted(const Outcome &outcome) {
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
}

TEST_CASE("an op without traits does not compile") {
  checkRefused(compile("ops/op.cpp", ""), "an op answers the questions of ops/traits.hpp");
}

TEST_CASE("an op that leaves a question unanswered does not compile") {
  checkRefused(compile("ops/op.cpp", traitsOf(most_answers)), "OpTraits");
}

TEST_CASE("an op that answers all questions compiles") {
  checkAccepted(compile("ops/op.cpp", allTraits()));
}

TEST_CASE("an op whose effect on the catalog is not told does not compile") {
  constexpr std::string_view file = "catalog/apply/apply.cpp";
  checkRefused(compile(file, allTraits()), "add an applyOp() for it");
  checkAccepted(compile(file, allTraits(), "bool applyOp(catalog::Change &, const Annotate &);\n"));
}

TEST_CASE("an op whose locks are not told does not compile") {
  constexpr std::string_view file = "effects/describe/statement.cpp";
  checkRefused(compile(file, allTraits()), "add a describe() for it");
  checkAccepted(
      compile(file, allTraits(), "void describe(const Annotate &, effects::Collector &);\n"));
}

TEST_CASE("an op that a visitor must tell apart by its answers does not compile without") {
  const std::string own = replaced(allTraits(), "Subject::table", "Subject::own");
  checkRefused(compile("engine/subject.cpp", own), "NewSubjects");
  checkAccepted(compile("engine/subject.cpp", allTraits()));
}
