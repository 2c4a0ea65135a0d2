#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::test {

/// What a program printed and how it ended.
struct Outcome {
  int status = -1; ///< Exit status; 128 + signal where it was killed.
  std::string out;
  std::string err;
};

/// Runs a program to its end, with `input` as its standard input. `environment` entries are
/// "NAME=value" and are added to the caller's.
[[nodiscard]] Outcome run(const std::vector<std::string> &command,
                          const std::filesystem::path &directory, std::string_view input = {},
                          const std::vector<std::string> &environment = {});

/// Runs the lockstep binary under test, without colour.
[[nodiscard]] Outcome runLockstep(const std::vector<std::string> &arguments,
                                  const std::filesystem::path &directory,
                                  std::string_view input = {});

/// A directory that is gone with the object.
class TemporaryDirectory {
public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory &) = delete;
  TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;

  [[nodiscard]] const std::filesystem::path &path() const { return path_; }
  /// Writes a file below the directory, making its folders.
  void write(const std::filesystem::path &file, std::string_view text) const;

private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string readFile(const std::filesystem::path &file);

} // namespace lockstep::test
