#pragma once
#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::base {

/// What a program that ran to its end left.
struct ProcessOutput {
  int exit_code = 0; ///< 128 + n where signal n ended it.
  std::string out;
  std::string err;
};

/// Runs a program, found on PATH, with these arguments and nothing on its standard input, and waits
/// for it. No shell takes part. `environment` holds NAME=value entries that replace or extend ours,
/// and bare names of those that the program shall not inherit. A program that takes longer than
/// `limit` is ended, which is an Error; zero: it may take as long as it likes.
[[nodiscard]] Result<ProcessOutput> runProcess(const std::vector<std::string> &arguments,
                                               const std::vector<std::string> &environment = {},
                                               std::chrono::seconds limit = {});

/// A program that answers requests: its standard input and output are kept open, what it writes to
/// its standard error is lost. Not to be used by two threads at a time.
class Conversation {
public:
  Conversation() = default;
  ~Conversation();
  Conversation(const Conversation &) = delete;
  Conversation &operator=(const Conversation &) = delete;

  /// Starts the program, in the place of one that was started before; see runProcess. `limit` is
  /// for each request.
  [[nodiscard]] Status start(const std::vector<std::string> &arguments,
                             const std::vector<std::string> &environment,
                             std::chrono::seconds limit);
  [[nodiscard]] bool isRunning() const { return socket_ >= 0; }
  /// Whether it took too long to answer.
  [[nodiscard]] bool tookTooLong() const { return took_too_long_; }
  /// Ends the program.
  void end();

  /// Sends a short request. False where the program has ended.
  [[nodiscard]] bool ask(std::string_view request);
  /// The next line of its answer, without the line break, of at most 64 kB. False where the program
  /// has ended, took too long, or writes longer lines.
  [[nodiscard]] bool readLine(std::string &line);
  /// The next `size` bytes of its answer.
  [[nodiscard]] bool readBytes(size_t size, std::string &bytes);

private:
  [[nodiscard]] bool fill();

  int socket_ = -1;
  int process_ = -1;
  std::chrono::seconds limit_{};
  bool took_too_long_ = false;
  std::string buffer_; ///< Read, and not asked for yet.
};

} // namespace lockstep::base
