#pragma once
#include "base/enclosure.hpp"
#include "config/settings.hpp"
#include "session/layer.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::session {

/// What a session is told when it is opened: where to look, and what holds whatever the
/// configuration says.
struct Request {
  std::vector<std::string> paths; ///< Files, folders, patterns, "-"; none: what is configured here.
  std::string config;             ///< Empty: the nearest one.
  std::string framework;          ///< Empty: as configured or detected.
  std::optional<ExecutionModel> execution;
  std::optional<PostgresVersions> postgres;
  SelectionRequest selection;       ///< Holds over the configuration's overrides, too.
  std::optional<Severity> fail_on;  ///< `off`: never.
  std::vector<std::string> exclude; ///< Beside what the configuration leaves out.
  bool force_exclude = false;
  std::string stdin_filename;
  std::string start_after;
  std::optional<std::string> since; ///< Empty: no change set, whatever the configuration says.
  bool staged = false;
  bool up = true;
  bool down = false;
  std::optional<std::string> baseline; ///< Empty: none, whatever the configuration says.
  std::string today; ///< "2026-12-31", for suppressions that end; empty: none has.
  unsigned jobs = 0; ///< 0: as many as there are processors.
  /// Told, as the work goes on, how many of a history's files were read of how many; by one thread
  /// at a time.
  std::function<void(const std::string &history, size_t done, size_t all)> progress;
};

/// What may be read to answer the request: what lies around the files and folders that it names.
[[nodiscard]] Enclosure enclosureOf(const Request &request);

} // namespace lockstep::session
