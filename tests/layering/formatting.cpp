// The tree is formatted as .clang-format says. Formatters of other versions break lines in other
// places: where LLVM 14's is not to be had, nothing is asked.
#include "layering/sources.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

using lockstep::test::Outcome;

static std::string formatter() {
  for (const char *name : {"clang-format-14", "clang-format"}) {
    Outcome version = lockstep::test::run({name, "--version"}, ".");
    if (version.status == 0 && version.out.find("version 14.") != std::string::npos)
      return name;
  }
  return "";
}

TEST_CASE("sources are formatted") {
  const std::string tool = formatter();
  if (tool.empty())
    SKIP("clang-format 14 is not installed");
  std::vector<std::string> command{tool, "--dry-run", "--Werror", "--ferror-limit=3"};
  for (const char *folder : {"analyzer", "rules", "tests"})
    for (const layering::Source &source : layering::sourcesBelow(folder))
      if (!source.path.starts_with("tests/third_party/"))
        command.push_back(source.path);
  Outcome outcome = lockstep::test::run(command, ".");
  INFO(outcome.err);
  INFO("`./dev format` formats what you changed");
  CHECK(outcome.status == 0);
}
