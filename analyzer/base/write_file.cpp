#include "base/write_file.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace lockstep::base {

/// True for a name such as /dev/stdout, of a file that this process has open already: to replace
/// what it leads to would leave whoever opened it with the old one.
static bool namesOpenFile(std::string_view path) {
  return path == "/dev/stdout" || path == "/dev/stderr" || path.starts_with("/dev/fd/") ||
         path.starts_with("/proc/");
}

namespace {
/// One file on its way to the disk.
class Writing {
public:
  Writing(const std::string &path, std::string_view text, const WriteOptions &options)
      : path_(path), text_(text), options_(options) {}
  Writing(const Writing &) = delete;
  Writing &operator=(const Writing &) = delete;
  ~Writing() {
    if (descriptor_ >= 0)
      close(descriptor_);
    if (!beside_.empty())
      unlink(beside_.c_str());
  }

  Status run() {
    struct stat link {};
    const bool exists = lstat(path_.c_str(), &link) == 0;
    target_ = path_;
    if (exists && S_ISLNK(link.st_mode)) {
      const std::unique_ptr<char, decltype(&std::free)> real(realpath(path_.c_str(), nullptr),
                                                             &std::free);
      if (!real)
        return failed("it is a link to a file that does not exist");
      target_ = real.get();
    }
    if (exists && stat(target_.c_str(), &status_) != 0)
      return failed();
    if (exists && (!S_ISREG(status_.st_mode) || namesOpenFile(path_)))
      return writeInPlace();
    return replace(exists);
  }

private:
  /// "cannot write 'PATH': WHAT: No space left on device", after what errno says.
  Error failed(std::string_view what = {}) const {
    const int problem = errno;
    return Error{format("cannot write '{}': {}{}{}", path_, what, what.empty() ? "" : ": ",
                        std::strerror(problem))};
  }

  /// False with errno set where a test lets the call fail.
  bool may(std::string_view call) const {
    const int problem = options_.before_call ? options_.before_call(call) : 0;
    errno = problem;
    return problem == 0;
  }

  bool writeAll() const {
    for (std::string_view rest = text_; !rest.empty();) {
      if (!may("write"))
        return false;
      const ssize_t written = write(descriptor_, rest.data(), rest.size());
      if (written < 0 && errno != EINTR)
        return false;
      rest.remove_prefix(written < 0 ? 0 : static_cast<size_t>(written));
    }
    return true;
  }

  bool closeFile() {
    const int descriptor = std::exchange(descriptor_, -1);
    return may("close") && close(descriptor) == 0;
  }

  Status writeInPlace() {
    if (S_ISDIR(status_.st_mode)) {
      errno = EISDIR;
      return failed();
    }
    // What an open file has already is not ours to overwrite.
    descriptor_ = may("open") ? open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
    if (descriptor_ < 0 || !writeAll() || !closeFile())
      return failed();
    return Done{};
  }

  /// Creates a file beside the target, under a name that nobody can foresee.
  bool createBeside(mode_t mode) {
    constexpr int attempts = 16;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      uint64_t number = 0;
      if (!may("getrandom") || getrandom(&number, sizeof number, 0) != sizeof number)
        return false;
      std::string name = ".lockstep-";
      for (int digit = 0; digit < 12; ++digit, number >>= 5)
        name += "abcdefghijklmnopqrstuvwxyz234567"[number & 31];
      name = joinPath(parentPath(target_), name);
      if (!may("open"))
        return false;
      descriptor_ = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
      if (descriptor_ >= 0) {
        beside_ = std::move(name);
        return true;
      }
      if (errno != EEXIST)
        return false;
    }
    return false;
  }

  /// Whether the file still has the text that it is known to have; nothing, with errno set, where
  /// it cannot be read. It takes no memory: whoever runs out of it here would leave the new file
  /// behind.
  std::optional<bool> isAsExpected() const {
    if (!options_.expected)
      return true;
    const int file = may("open") ? open(target_.c_str(), O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
      return std::nullopt;
    std::array<char, size_t{16} << 10> buffer{};
    std::string_view rest = *options_.expected;
    ssize_t got = 0;
    while ((got = may("read") ? read(file, buffer.data(), buffer.size()) : -1) != 0) {
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0 || !rest.starts_with(std::string_view(buffer.data(), static_cast<size_t>(got))))
        break;
      rest.remove_prefix(static_cast<size_t>(got));
    }
    const int problem = errno;
    close(file);
    errno = problem;
    if (got < 0)
      return std::nullopt;
    return got == 0 && rest.empty();
  }

  /// Gives the new file what the old one has.
  bool keepOwnerAndMode() {
    if (status_.st_uid != geteuid() || status_.st_gid != getegid()) {
      // Only root can give files away; the mode counts more than the owner.
      if (may("fchown") && fchown(descriptor_, status_.st_uid, status_.st_gid) != 0 &&
          errno != EPERM)
        return false;
    }
    return may("fchmod") && fchmod(descriptor_, status_.st_mode & 07777) == 0;
  }

  Status replace(bool exists) {
    if (exists && access(target_.c_str(), W_OK) != 0)
      return failed();
    if (!createBeside(exists ? 0600 : 0666))
      return failed("cannot create a file beside it");
    if ((exists && !keepOwnerAndMode()) || !writeAll() || !may("fsync") ||
        fsync(descriptor_) != 0 || !closeFile())
      return failed();
    const std::optional<bool> is_as_expected = exists ? isAsExpected() : true;
    if (!is_as_expected)
      return failed("it cannot be read again");
    if (!*is_as_expected)
      return Error{
          format("cannot write '{}': another program has changed it; run lockstep again", path_)};
    if (!may("rename") || rename(beside_.c_str(), target_.c_str()) != 0)
      return failed();
    beside_.clear();
    syncFolder();
    return Done{};
  }

  /// Has the new name reach the disk. The file is whole either way, and some file systems cannot.
  void syncFolder() const {
    const int folder = open(parentPath(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
      return;
    if (may("fsync"))
      fsync(folder);
    close(folder);
  }

  const std::string &path_;
  std::string_view text_;
  const WriteOptions &options_;
  std::string target_; ///< `path_` without links.
  struct stat status_ {};
  int descriptor_ = -1;
  std::string beside_; ///< Empty: there is none any more.
};
} // namespace

Status writeFile(const std::string &path, std::string_view text, const WriteOptions &options) {
  return Writing(path, text, options).run();
}

} // namespace lockstep::base
