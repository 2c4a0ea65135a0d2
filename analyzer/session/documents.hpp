#pragma once
#include "history/files/history.hpp"
#include "session/layer.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lockstep::session {

/// The texts of files as a session sees them: what an editor holds open goes before the disk.
///
/// Several threads may read at once; nobody reads while a text is set.
class Documents {
public:
  explicit Documents(FileReader disk);

  /// The text that `path`, as shown to the user, has from now on, whatever the disk says.
  void set(const std::string &path, std::string text);
  /// The disk's text holds again.
  void drop(const std::string &path);

  /// Reads what is held open, else from the disk. It stays good when this object moves.
  [[nodiscard]] FileReader reader() const;
  /// Files that are held open and are not on the disk, sorted.
  [[nodiscard]] std::vector<std::string> unsaved() const;
  /// True where the file is held open or on the disk.
  [[nodiscard]] bool exists(const std::string &path) const;

private:
  using Texts = std::map<std::string, std::string>;

  FileReader disk_;
  std::shared_ptr<Texts> open_ = std::make_shared<Texts>();
};

} // namespace lockstep::session
