#pragma once
#include "base/enclosure.hpp"
#include "base/result.hpp"
#include "history/layer.hpp"

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lockstep::history {

/// Reads a file from the disk. Folders, devices and pipes are refused.
[[nodiscard]] Result<std::string> readFile(const std::string &path);

/// Reads many files: most stand in the folder of the one before, on each thread that reads. Keeps
/// the last few folders open, so that the system need not walk the whole path again. A folder that
/// is replaced meanwhile is not noticed. Safe to use from several threads.
class Disk {
public:
  /// Reads any file.
  Disk() = default;
  /// Reads what the enclosure contains, links resolved, and refuses the rest.
  explicit Disk(Enclosure enclosure) : enclosure_(std::move(enclosure)) {}
  ~Disk();
  Disk(const Disk &) = delete;
  Disk &operator=(const Disk &) = delete;

  /// As readFile.
  [[nodiscard]] Result<std::string> read(const std::string &path);

private:
  struct Kept {
    std::string folder;
    int descriptor = -1;     ///< -1: it cannot be opened, or there is none.
    bool is_allowed = false; ///< The enclosure contains it.
  };

  [[nodiscard]] Kept &keep(std::string_view folder);
  [[nodiscard]] bool allows(const std::string &path) const;

  const std::optional<Enclosure> enclosure_; ///< None: anything goes.
  std::mutex lock_;
  std::array<Kept, 8> kept_;
  size_t next_ = 0; ///< Place of the one that makes way.
};

} // namespace lockstep::history
