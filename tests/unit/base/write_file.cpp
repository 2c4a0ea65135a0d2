#include "base/write_file.hpp"

#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <vector>

namespace fs = std::filesystem;
using namespace lockstep::base;
using lockstep::test::readFile;
using lockstep::test::TemporaryDirectory;

static std::vector<std::string> namesIn(const fs::path &folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry &entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

static mode_t modeOf(const fs::path &file) {
  struct stat status {};
  stat(file.c_str(), &status);
  return status.st_mode & 07777;
}

/// Calls that writing the file makes, in order.
static std::vector<std::string> callsFor(const fs::path &file, std::string_view text) {
  std::vector<std::string> calls;
  WriteOptions options;
  options.before_call = [&](std::string_view call) {
    calls.emplace_back(call);
    return 0;
  };
  REQUIRE(writeFile(file.string(), text, options));
  return calls;
}

static const std::string old_text(100'000, 'o');
static const std::string new_text(200'000, 'n');

TEST_CASE("a file is written beside and renamed") {
  TemporaryDirectory folder;
  const fs::path file = folder.path() / "a.sql";
  CHECK(callsFor(file, old_text) == std::vector<std::string>{"getrandom", "open", "write", "fsync",
                                                             "close", "rename", "fsync"});
  CHECK(readFile(file) == old_text);
  REQUIRE(chmod(file.c_str(), 0640) == 0);
  CHECK(writeFile(file.string(), new_text));
  CHECK(readFile(file) == new_text);
  CHECK(modeOf(file) == 0640);
  CHECK(namesIn(folder.path()) == std::vector<std::string>{"a.sql"});
}

TEST_CASE("killed at any call, the file has its old content or the new") {
  TemporaryDirectory folder;
  const fs::path file = folder.path() / "a.sql";
  folder.write("a.sql", old_text);
  const size_t calls = callsFor(file, new_text).size();
  REQUIRE(calls >= 8);
  bool was_old = false;
  bool was_new = false;
  for (size_t last = 0; last < calls; ++last) {
    folder.write("a.sql", old_text);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      size_t made = 0;
      WriteOptions options;
      options.before_call = [&](std::string_view) {
        if (made++ == last)
          _exit(42);
        return 0;
      };
      (void)writeFile(file.string(), new_text, options);
      _exit(1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WEXITSTATUS(status) == 42);
    const std::string found = readFile(file);
    CHECK((found == old_text || found == new_text));
    was_old |= found == old_text;
    was_new |= found == new_text;
  }
  CHECK(was_old);
  CHECK(was_new);
}

TEST_CASE("where a call fails, the file is untouched, nothing is left beside it, and the error "
          "says why") {
  TemporaryDirectory folder;
  const fs::path file = folder.path() / "a.sql";
  folder.write("a.sql", old_text);
  const std::vector<std::string> calls = callsFor(file, new_text);
  // The folder's fsync comes last: by then the file is replaced.
  for (size_t fails = 0; fails + 1 < calls.size(); ++fails) {
    INFO(calls[fails]);
    folder.write("a.sql", old_text);
    size_t made = 0;
    WriteOptions options;
    options.before_call = [&](std::string_view) { return made++ == fails ? ENOSPC : 0; };
    const Status status = writeFile(file.string(), new_text, options);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.starts_with("cannot write '" + file.string() + "': "));
    CHECK(status.error().message.ends_with("No space left on device"));
    CHECK(readFile(file) == old_text);
    CHECK(namesIn(folder.path()) == std::vector<std::string>{"a.sql"});
  }
}

TEST_CASE("a link stays a link") {
  TemporaryDirectory folder;
  folder.write("below/a.sql", old_text);
  const fs::path link = folder.path() / "link.sql";
  fs::create_symlink("below/a.sql", link);
  CHECK(writeFile(link.string(), new_text));
  CHECK(fs::is_symlink(link));
  CHECK(readFile(folder.path() / "below/a.sql") == new_text);
  fs::create_symlink("nowhere.sql", folder.path() / "dangling.sql");
  const Status status = writeFile((folder.path() / "dangling.sql").string(), new_text);
  REQUIRE_FALSE(status);
  CHECK(status.error().message.find("it is a link to a file that does not exist") !=
        std::string::npos);
}

TEST_CASE("a text that changed meanwhile is left alone") {
  TemporaryDirectory folder;
  const fs::path file = folder.path() / "a.sql";
  folder.write("a.sql", "now");
  WriteOptions options;
  for (const char *expected : {"before", "no", "nowadays", ""}) {
    options.expected = expected;
    const Status status = writeFile(file.string(), "new", options);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("another program has changed it") != std::string::npos);
    CHECK(readFile(file) == "now");
  }
  options.expected = "now";
  CHECK(writeFile(file.string(), "new", options));
  CHECK(readFile(file) == "new");
  CHECK(namesIn(folder.path()) == std::vector<std::string>{"a.sql"});
}

TEST_CASE("a file that is open already gets the text at its end") {
  TemporaryDirectory folder;
  folder.write("log", "before\n");
  const int log = open((folder.path() / "log").c_str(), O_WRONLY | O_APPEND);
  REQUIRE(log >= 0);
  for (const char *names : {"/dev/fd/", "/proc/self/fd/"})
    CHECK(writeFile(names + std::to_string(log), "text\n"));
  CHECK(close(log) == 0);
  CHECK(readFile(folder.path() / "log") == "before\ntext\ntext\n");
}

TEST_CASE("a file in memory is replaced as any other") {
  if (!fs::is_directory("/dev/shm") || access("/dev/shm", W_OK) != 0)
    SKIP("there is no /dev/shm");
  const fs::path file = "/dev/shm/lockstep-" + std::to_string(getpid());
  CHECK(writeFile(file.string(), "a long text\n"));
  CHECK(writeFile(file.string(), "short\n"));
  CHECK(readFile(file) == "short\n");
  fs::remove(file);
}

TEST_CASE("devices and folders") {
  const Status full = writeFile("/dev/full", "text");
  REQUIRE_FALSE(full);
  CHECK(full.error().message == "cannot write '/dev/full': No space left on device");
  CHECK(writeFile("/dev/null", "text"));
  TemporaryDirectory folder;
  const Status status = writeFile(folder.path().string(), "text");
  REQUIRE_FALSE(status);
  CHECK(status.error().message.ends_with("Is a directory"));
  const Status missing = writeFile((folder.path() / "no/a.sql").string(), "text");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.ends_with("No such file or directory"));
}
