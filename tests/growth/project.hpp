#pragma once
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::growth {

/// Files by their paths below a project's folder.
using Files = std::vector<std::pair<std::string, std::string>>;

/// A part of a text, which may be written again for each number.
struct Piece {
  /// Of a repeated one: "#" stands for the number, "@" for the one before, "%" for one of 16
  /// digits.
  std::string text;
  bool repeated = false;
  std::string between; ///< Between two of a repeated one.
};

[[nodiscard]] Piece once(std::string text);
[[nodiscard]] Piece each(std::string text, std::string between = "");
/// The pieces in turn, the repeated ones for the numbers 1 to `n`.
[[nodiscard]] std::string written(const std::vector<Piece> &pieces, size_t n);

/// How a project is made, and what the program is asked about it.
struct Generator {
  std::string name;
  std::function<Files(size_t n)> files;
  std::vector<std::string> words; ///< The command line.
  size_t n = 2000;                ///< The smaller size.
  int status = 0;                 ///< The exit status that is expected.
  bool open = false;              ///< Its cost still grows too fast.
  bool valid = true;              ///< False where some of the SQL cannot be read, on purpose.
  bool git = false; ///< The folder is a repository; the first file is committed, the others staged.
};

/// A list of generators while it grows. Their checks run all rules.
class Generators {
public:
  /// One migration.
  Generator &check(std::string name, std::vector<Piece> pieces);
  /// The same two migrations, so that the second one meets objects that the first one made.
  Generator &check(std::string name, std::vector<Piece> before, std::vector<Piece> pieces);
  /// One migration, reported in the format.
  Generator &report(const std::string &format, std::string name, std::vector<Piece> pieces);
  /// Another command on one migration.
  Generator &run(std::vector<std::string> words, std::string name, std::vector<Piece> pieces);
  /// Any files.
  Generator &project(std::string name, std::function<Files(size_t n)> files);

  [[nodiscard]] std::vector<Generator> &all() { return all_; }

private:
  std::vector<Generator> all_;
};

/// `check` with all rules, in `format`.
[[nodiscard]] std::vector<std::string> checkWords(const std::string &format = "concise");

// Each in the source of the same name.
void addParts(Generators &into);      ///< Objects with many parts.
void addObjects(Generators &into);    ///< Many objects, and drops of them.
void addLater(Generators &into);      ///< Statements that bear on other statements.
void addPartitions(Generators &into); ///< Partitions and children.
void addQueries(Generators &into);    ///< Long and deep statements.
void addTexts(Generators &into);      ///< Long texts of all kinds.
void addReports(Generators &into);    ///< Formats, fixes, suppressions, baselines.
void addProjects(Generators &into);   ///< Configurations, folders, files, frameworks, git.

} // namespace lockstep::growth
