// Runs each section of the pages in fixtures/catalog: what `lockstep schema` and `lockstep check`
// print must be what the page shows. UPDATE_FIXTURES=1 writes it anew.
#include "support/literate.hpp"
#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace lockstep::test;
namespace fs = std::filesystem;

/// What the program prints for a fence: its kind is the command, the rest of the line arguments.
static std::string outputFor(const OutputFence &fence, const TemporaryDirectory &directory) {
  std::vector<std::string> arguments{fence.kind == "schema" ? "schema" : "check", "migrations"};
  if (fence.kind != "schema")
    arguments.insert(arguments.end(), {"--format", fence.kind == "report" ? "text" : fence.kind});
  std::istringstream words(fence.arguments);
  for (std::string word; words >> word;)
    arguments.push_back(word);
  const Outcome outcome = runLockstep(arguments, directory.path());
  return outcome.out + outcome.err;
}

/// Puts the fences' texts into the page, the last one first so that offsets stay true.
static void writeBack(const Page &page) {
  std::string text = page.text;
  for (auto section = page.sections.rbegin(); section != page.sections.rend(); ++section)
    for (auto fence = section->outputs.rbegin(); fence != section->outputs.rend(); ++fence)
      text.replace(fence->begin, fence->end - fence->begin, fence->text);
  if (text != page.text)
    std::ofstream(page.path, std::ios::binary) << text;
}

TEST_CASE("each section of a catalog page leaves the schema that it shows") {
  const bool update = std::getenv("UPDATE_FIXTURES") != nullptr;
  std::vector<fs::path> paths;
  for (const fs::directory_entry &entry : fs::directory_iterator("fixtures/catalog"))
    if (entry.path().extension() == ".md")
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  REQUIRE_FALSE(paths.empty());
  for (const fs::path &path : paths) {
    Page page = readPage(path);
    for (Section &section : page.sections) {
      INFO(path.string() << ":" << section.line << " " << section.heading);
      CHECK_FALSE(section.outputs.empty());
      TemporaryDirectory directory;
      writeSection(section, directory);
      for (OutputFence &fence : section.outputs) {
        INFO(fence.kind << " " << fence.arguments);
        const std::string output = outputFor(fence, directory);
        if (update)
          fence.text = output;
        else
          CHECK(output == fence.text);
      }
    }
    if (update)
      writeBack(page);
  }
}
