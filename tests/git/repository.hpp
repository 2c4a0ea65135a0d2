#pragma once
#include "support/process.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {

/// A real git repository in a folder of its own, which knows no configuration but its own.
class Repository {
public:
  /// Makes the folder, which may hold files, and the repository.
  explicit Repository(std::filesystem::path folder);

  [[nodiscard]] const std::filesystem::path &folder() const { return folder_; }
  /// Writes a file below the folder.
  void write(const std::filesystem::path &file, std::string_view text) const;
  [[nodiscard]] Outcome tryGit(std::vector<std::string> arguments) const;
  /// Runs a git command that has to succeed; what it prints.
  std::string git(const std::vector<std::string> &arguments) const;
  /// Commits all that is there.
  void commit() const;

  /// Runs lockstep there.
  [[nodiscard]] Outcome lockstep(std::vector<std::string> arguments,
                                 const std::vector<std::string> &environment = {}) const;

private:
  std::filesystem::path folder_;
};

/// No configuration but a repository's own.
[[nodiscard]] std::vector<std::string> gitEnvironment();

} // namespace lockstep::test
