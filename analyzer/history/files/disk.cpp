#include "history/files/disk.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lockstep::history {

namespace {
/// Closes what it is given.
class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0)
      ::close(number_);
  }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;

  [[nodiscard]] int number() const { return number_; }

private:
  int number_;
};
} // namespace

// Without O_NONBLOCK, to open a pipe would wait for its writer.
static constexpr int open_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

static Error cannotRead(const std::string &path, std::string_view why) {
  return {format("cannot read {}: {}", path, why)};
}

/// All of a file whose size or kind is in question.
static Result<std::string> readWhole(int file, const std::string &path) {
  struct stat status {};
  if (::fstat(file, &status) != 0)
    return cannotRead(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode))
    return cannotRead(path,
                      S_ISDIR(status.st_mode) ? "it is a folder" : "it is not a regular file");
  std::string text(static_cast<size_t>(status.st_size), '\0');
  size_t filled = 0;
  while (filled < text.size()) {
    ssize_t count = ::read(file, text.data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return cannotRead(path, std::strerror(errno));
    if (count == 0)
      break;
    filled += static_cast<size_t>(count);
  }
  text.resize(filled);
  // Positions are 32 bits.
  if (text.size() >= UINT32_MAX)
    return cannotRead(path, "it is larger than 4 GB");
  return text;
}

/// `number` is what open() returned; errno tells why it failed.
static Result<std::string> readOpen(int number, const std::string &path) {
  const Descriptor file(number);
  if (file.number() < 0)
    return cannotRead(path, std::strerror(errno));
  // Most files are small: one call reads all, and tells that it is a file by knowing positions.
  char start[1 << 14];
  const ssize_t count = ::pread(file.number(), start, sizeof start, 0);
  if (count > 0 && static_cast<size_t>(count) < sizeof start)
    return std::string(start, static_cast<size_t>(count));
  return readWhole(file.number(), path);
}

Result<std::string> readFile(const std::string &path) {
  return readOpen(::open(path.c_str(), open_flags), path);
}

Disk::~Disk() {
  for (const Kept &kept : kept_)
    if (kept.descriptor >= 0)
      ::close(kept.descriptor);
}

Disk::Kept &Disk::keep(std::string_view folder) {
  auto kept = std::find_if(kept_.begin(), kept_.end(),
                           [&](const Kept &one) { return one.folder == folder; });
  if (kept != kept_.end())
    return *kept;
  kept = kept_.begin() + static_cast<std::ptrdiff_t>(next_);
  next_ = (next_ + 1) % kept_.size();
  if (kept->descriptor >= 0)
    ::close(kept->descriptor);
  kept->folder = folder;
  kept->descriptor = ::open(kept->folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  kept->is_allowed = allows(kept->folder);
  return *kept;
}

bool Disk::allows(const std::string &path) const {
  return !enclosure_ || enclosure_->contains(absolutePath(path));
}

Result<std::string> Disk::read(const std::string &path) {
  const std::string_view folder = folderOf(path);
  const char *name = path.c_str() + path.size() - fileName(path).size();
  int number = -1;
  bool is_allowed = false;
  {
    const std::lock_guard guard(lock_);
    const Kept &kept = keep(folder);
    is_allowed = kept.is_allowed;
    if (kept.descriptor >= 0 && is_allowed)
      number = ::openat(kept.descriptor, name, open_flags | O_NOFOLLOW);
  }
  if (number >= 0)
    return readOpen(number, path);
  // A link may lead back into the enclosure, as out of it, and a folder may let its files be opened
  // without being readable itself.
  if (!is_allowed || errno == ELOOP)
    is_allowed = allows(path);
  return is_allowed ? readFile(path) : cannotRead(path, outside_enclosure);
}

} // namespace lockstep::history
