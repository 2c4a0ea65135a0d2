#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {

/// A finding that a fixture asks for: `-- expect: rule ["words of the message"]`.
struct Expectation {
  std::string file;
  unsigned line = 0;
  std::string rule;
  std::string words; ///< Part of the message; empty: any.
};

/// A file of a section, its expectations taken out (the lines stay).
struct FixtureFile {
  std::string name;
  std::string text;
};

/// A fence whose content is compared with what the tool prints: report, json, sarif, effects, ….
struct OutputFence {
  std::string kind;      ///< The fence's first word.
  std::string arguments; ///< The rest of its info line: further arguments for the command.
  std::string text;
  size_t begin = 0; ///< Of the content in the page, in bytes.
  size_t end = 0;
};

/// A headed part of a page that is a test of its own: its fences in order are the history.
///
/// Each SQL fence is a file: the one that a line like `V2__x.sql` before it names, else 0001.sql,
/// 0002.sql, … A yaml fence is the section's .lockstep.yaml. A console fence says how the section
/// is run: "$ lockstep check migrations --direction both" gives the command's arguments, and
/// "$ git commit …" commits the files so far; a later fence may then change one of them.
struct Section {
  std::string heading;
  unsigned line = 0;  ///< 1-based, of the heading in the page.
  bool clean = false; ///< Its heading begins with "Clean" or "Safe": nothing may be found.
  std::vector<FixtureFile> files;
  std::string config;
  std::vector<std::string> arguments; ///< Of `check`, besides the folder.
  size_t committed = 0;               ///< How many of the files are; 0: it is no repository.
  std::vector<Expectation> expectations;
  std::vector<OutputFence> outputs;
};

struct Page {
  std::filesystem::path path;
  std::string text;
  std::string title;             ///< The first heading.
  std::vector<Section> sections; ///< Those with SQL.
};

/// Reads a literate page. A bare `-- expect` means the rule that the title names.
[[nodiscard]] Page readPage(const std::filesystem::path &path);

/// Writes the section's files and config below a directory, the files in `migrations/`; commits
/// those that it says are.
void writeSection(const Section &section, const class TemporaryDirectory &directory);

} // namespace lockstep::test
