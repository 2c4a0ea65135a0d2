#include "base/process.hpp"

#include "support/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>

using namespace lockstep::base;

TEST_CASE("a program's output, words and exit code are taken") {
  Result<ProcessOutput> output =
      runProcess({"sh", "-c", "echo out; echo \"$GREETING\" >&2; exit 3"}, {"GREETING=hello"});
  REQUIRE(output);
  CHECK(output->out == "out\n");
  CHECK(output->err == "hello\n");
  CHECK(output->exit_code == 3);
}

TEST_CASE("much output blocks nobody, and standard input is empty") {
  Result<ProcessOutput> output =
      runProcess({"sh", "-c", "cat; head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2"});
  REQUIRE(output);
  CHECK(output->out.size() == 300000);
  CHECK(output->err.size() == 300000);
}

TEST_CASE("a program that is not there is an error") {
  Result<ProcessOutput> output = runProcess({"no-such-program-here"});
  REQUIRE_FALSE(output);
  CHECK(output.error().message.find("cannot run no-such-program-here") == 0);
}

TEST_CASE("the environment is inherited but for what is replaced or taken away") {
  setenv("LOCKSTEP_KEPT", "kept", 1);
  setenv("LOCKSTEP_GONE", "gone", 1);
  setenv("LOCKSTEP_GONE_NOT", "there", 1);
  Result<ProcessOutput> output =
      runProcess({"sh", "-c", "echo $LOCKSTEP_KEPT:$LOCKSTEP_GONE:$LOCKSTEP_GONE_NOT"},
                 {"LOCKSTEP_GONE", "LOCKSTEP_KEPT=new"});
  REQUIRE(output);
  CHECK(output->out == "new::there\n");
}

TEST_CASE("a program that takes too long is ended, which is said") {
  Result<ProcessOutput> output =
      runProcess({"sh", "-c", "echo out; exec sleep 1000"}, {}, std::chrono::seconds(1));
  REQUIRE_FALSE(output);
  CHECK(output.error().message == "sh took longer than 1 second and was ended");
  SECTION("also where one that it started goes on") {
    output = runProcess({"sh", "-c", "sleep 30 & exit 0"}, {}, std::chrono::seconds(1));
    CHECK_FALSE(output);
  }
}

TEST_CASE("programs are looked for in the absolute folders of PATH") {
  const lockstep::test::TemporaryDirectory directory;
  directory.write("bin/lockstep-test-program", "#!/bin/sh\necho found\n");
  namespace fs = std::filesystem;
  fs::permissions(directory.path() / "bin/lockstep-test-program", fs::perms::owner_all);
  const std::string path = std::getenv("PATH");
  const fs::path here = fs::current_path();
  fs::current_path(directory.path());
  const auto runs = [&](const std::string &folders) {
    setenv("PATH", folders.c_str(), 1);
    Result<ProcessOutput> output = runProcess({"lockstep-test-program"});
    return output && output->out == "found\n";
  };
  CHECK(runs((directory.path() / "bin").string() + ":" + path));
  CHECK_FALSE(runs("bin:" + path));
  CHECK_FALSE(runs("./bin:" + path));
  fs::current_path(directory.path() / "bin");
  CHECK_FALSE(runs(":" + path));
  CHECK_FALSE(runs("." + path));
  setenv("PATH", path.c_str(), 1);
  fs::current_path(here);
}

TEST_CASE("a program answers one request after the other") {
  Conversation talk;
  std::string line;
  std::string bytes;
  const std::string script = "while read x; do echo \"got $x\"; printf 'a\\nb'; done";
  REQUIRE(talk.start({"sh", "-c", script}, {}, std::chrono::seconds(60)));
  for (const std::string word : {"one", "two"}) {
    CHECK(talk.ask(word + "\n"));
    CHECK(talk.readLine(line));
    CHECK(line == "got " + word);
    CHECK(talk.readBytes(3, bytes));
    CHECK(bytes == "a\nb");
  }
  talk.end();
  CHECK_FALSE(talk.isRunning());
  CHECK_FALSE(talk.ask("three\n"));
  CHECK_FALSE(talk.readLine(line));
}

TEST_CASE("a conversation notices that the other side has ended") {
  Conversation talk;
  std::string line;
  REQUIRE(talk.start({"sh", "-c", "read x; echo bye"}, {}, std::chrono::seconds(60)));
  CHECK(talk.ask("x\n"));
  CHECK(talk.readLine(line));
  CHECK(line == "bye");
  CHECK_FALSE(talk.readLine(line));
  // No signal ends us.
  for (int i = 0; i < 3; ++i)
    static_cast<void>(talk.ask("y\n"));
  CHECK_FALSE(talk.readLine(line));
  CHECK_FALSE(talk.tookTooLong());
  REQUIRE(talk.start({"sh", "-c", "echo again; exec sleep 1000"}, {}, std::chrono::seconds(1)));
  CHECK(talk.readLine(line));
  CHECK(line == "again");
  CHECK_FALSE(talk.readLine(line));
  CHECK(talk.tookTooLong());
  CHECK_FALSE(Conversation().start({"no-such-program-here"}, {}, std::chrono::seconds(1)));
}

TEST_CASE("an answer without end is not waited for") {
  Conversation talk;
  std::string line;
  REQUIRE(talk.start({"cat", "/dev/zero"}, {}, std::chrono::seconds(60)));
  CHECK_FALSE(talk.readLine(line));
}
