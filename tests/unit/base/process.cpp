#include "base/process.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>

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
