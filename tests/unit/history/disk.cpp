// Reading files of the disk, alone and one after the other.
#include "history/files/disk.hpp"

#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>

#include <filesystem>

using namespace lockstep::history;
using lockstep::test::TemporaryDirectory;

TEST_CASE("files of all sizes in several folders are read whole", "[disk]") {
  TemporaryDirectory directory;
  // One call reads up to 16,383 bytes.
  const size_t sizes[] = {0, 1, 16383, 16384, 16385, 100000};
  for (const std::string folder : {"a", "b"})
    for (size_t size : sizes)
      directory.write(folder + "/" + std::to_string(size), std::string(size, folder.front()));
  Disk disk;
  for (size_t size : sizes)
    for (const std::string folder : {"a", "b", "b"}) {
      const std::string path = (directory.path() / folder / std::to_string(size)).string();
      INFO(path);
      const std::string text(size, folder.front());
      Result<std::string> one = readFile(path);
      REQUIRE(one);
      CHECK(*one == text);
      Result<std::string> next = disk.read(path);
      REQUIRE(next);
      CHECK(*next == text);
    }
}

TEST_CASE("what is not a regular file is refused with its reason", "[disk]") {
  TemporaryDirectory directory;
  directory.write("a.sql", "SELECT 1;");
  const std::string root = directory.path().string();
  std::filesystem::create_directory(root + "/folder");
  REQUIRE(mkfifo((root + "/pipe").c_str(), 0600) == 0);
  struct Case {
    std::string path;
    std::string why;
  };
  const Case cases[] = {{root + "/folder", "it is a folder"},
                        {root + "/folder/", "it is a folder"},
                        {root + "/pipe", "it is not a regular file"},
                        {"/dev/zero", "it is not a regular file"},
                        {"/dev/null", "it is not a regular file"},
                        {root + "/none.sql", "No such file or directory"},
                        {root + "/none/a.sql", "No such file or directory"},
                        {root + "/a.sql/b.sql", "Not a directory"}};
  Disk disk;
  for (const Case &one : cases) {
    const std::string message = "cannot read " + one.path + ": " + one.why;
    Result<std::string> alone = readFile(one.path);
    REQUIRE_FALSE(alone);
    CHECK(alone.error().message == message);
    Result<std::string> next = disk.read(one.path);
    REQUIRE_FALSE(next);
    CHECK(next.error().message == message);
  }
}
