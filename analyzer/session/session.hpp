#pragma once
#include "config/config.hpp"
#include "session/documents.hpp"
#include "session/layer.hpp"
#include "session/project.hpp"
#include "session/request.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace lockstep::session {

/// A workspace: the projects that a request speaks of, and the files that an editor holds open.
/// The command line opens one for a single question; an editor's server keeps one and tells it of
/// each edit, so that the next question costs what the edit touches.
///
/// Used by one thread at a time; it shares out work among threads of its own.
class Session {
public:
  /// `disk` reads what no one holds open. Opens nothing yet.
  Session(Request request, std::span<const Rule *const> rules, FileReader disk,
          Life life = Life::one_question);

  /// Reads the configurations and sorts the paths among them, where that is still to be done.
  [[nodiscard]] Status open();
  /// After open() failed: the configuration that cannot be used, unless something else failed.
  [[nodiscard]] const std::optional<ConfigReading> &unusable() const { return unusable_; }
  /// In the order of their configurations' paths; without paths, first the one that holds here.
  [[nodiscard]] std::vector<Project> &projects() { return projects_; }

  /// An editor holds the file open with this text; `path` as shown to the user.
  void setText(const std::string &path, std::string text);
  /// The same for many files, by their paths.
  void setTexts(std::map<std::string, std::string> texts);
  /// The disk's text holds again.
  void dropText(const std::string &path);
  /// A file on the disk changed, came or went. Only then git is asked again what a change set
  /// holds: a text that is held open and not saved makes no file a part of it.
  void fileChanged(const std::string &path);

private:
  /// Paths by the configuration that is nearest to them; "": none is.
  using PathsByConfig = std::map<std::string, std::vector<std::string>>;

  [[nodiscard]] Result<Settings> readSettings(const std::string &path);
  [[nodiscard]] Result<PathsByConfig> sortPaths(const std::vector<std::string> &paths);
  [[nodiscard]] std::string folderOf(const std::string &path) const;
  void note(const std::vector<std::string> &paths);

  Request request_;
  std::span<const Rule *const> rules_;
  Life life_;
  Documents documents_;
  PoolSource pool_;
  bool is_open_ = false;
  std::optional<ConfigReading> unusable_;
  std::set<std::string> config_files_; ///< Those that the configurations were read from.
  std::vector<Project> projects_;
};

} // namespace lockstep::session
