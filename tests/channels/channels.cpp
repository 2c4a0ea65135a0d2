// Every command in every format, over texts that a log, a terminal or a page would take for more
// than text, wherever a text may come from: nothing of them gets through.
#include "channels/forms.hpp"
#include "channels/project.hpp"
#include "channels/scan.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace lockstep::test;
using nlohmann::json;

using Words = std::vector<std::string>;

static const Words nothing;

/// Only the first few: what went wrong once went wrong often.
static Words firstOf(Words found) {
  found.resize(std::min<size_t>(found.size(), 5));
  return found;
}

static Outcome ask(const HostileProject &project, const Words &arguments,
                   bool own_commands = false) {
  std::string line;
  for (const std::string &argument : arguments)
    line += told(argument.substr(0, 60)) + " ";
  INFO(line);
  Outcome outcome = runLockstep(arguments, project.path());
  CHECK(outcome.status <= 2);
  CHECK(firstOf(dangers(outcome.out, own_commands)) == nothing);
  CHECK(firstOf(dangers(outcome.err)) == nothing);
  return outcome;
}

static Words checkOf(const std::string &format) {
  return {"check",    ".",   "--select", "all", "--fail-on", "never", "--show-suppressed",
          "--format", format};
}

TEST_CASE("reports for people and logs") {
  HostileProject project;
  for (const char *format : {"text", "concise"}) {
    const std::string out = ask(project, checkOf(format)).out;
    // What is broken up can still be read.
    CHECK(out.find("names/::error file=x,line=1::PWN.sql:1:") != std::string::npos);
    CHECK(out.find("<U+0023>#[error]PWN") != std::string::npos);
    CHECK(out.find("<U+001B>[31mPWN") != std::string::npos);
    CHECK(out.find("<U+202E>PWN<U+202C>") != std::string::npos);
    CHECK(out.find("section_start<U+003A>123:n<U+000D><U+001B>[0KPWN") != std::string::npos);
  }
  Words statistics = checkOf("text");
  statistics.emplace_back("--statistics");
  ask(project, statistics);
  ask(project, {"effects", "."});
  CHECK(ask(project, {"check", "--show-files", "names"}).out.find("names/::error file=x") !=
        std::string::npos);
}

TEST_CASE("colours are ours alone") {
  HostileProject project;
  for (Words arguments : {checkOf("text"), checkOf("concise"), Words{"effects", "."}}) {
    arguments.insert(arguments.end(), {"--color", "always"});
    std::string out = runLockstep(arguments, project.path()).out;
    CHECK(out.find("\x1b[31mPWN") == std::string::npos);
    for (const char *color :
         {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m"})
      for (size_t at = 0; (at = out.find(color, at)) != std::string::npos;)
        out.erase(at, std::string_view(color).size());
    CHECK(firstOf(dangers(out)) == nothing);
  }
}

TEST_CASE("commands of GitHub's log are ours alone") {
  HostileProject project;
  const std::string out = ask(project, checkOf("github"), true).out;
  CHECK(out.starts_with("::error file="));
  CHECK(out.find("%0A<U+003A>:error") == std::string::npos);
}

TEST_CASE("reports for programs keep what they hold") {
  HostileProject project;
  for (const char *format : {"json", "sarif", "gitlab", "rdjson"}) {
    INFO(format);
    const json report = json::parse(ask(project, checkOf(format)).out);
    CHECK(!report.empty());
  }
  for (const char *command : {"effects", "schema", "config"})
    CHECK(!json::parse(ask(project, {command, ".", "--format", "json"}).out).empty());
  const json report = json::parse(ask(project, checkOf("json")).out);
  for (const std::string &form : hostileForms()) {
    // As JSON has it: a byte that is no character cannot be told.
    const std::string file = "names/" + fileName(form) + ".sql";
    const json &findings = report["findings"];
    INFO(told(form));
    CHECK(std::any_of(findings.begin(), findings.end(),
                      [&](const json &finding) { return finding["file"] == file; }));
  }
  const std::string lines = ask(project, checkOf("jsonl")).out;
  CHECK(std::count(lines.begin(), lines.end(), '\n') > 100);
}

TEST_CASE("pages hold no tags but ours") {
  HostileProject project;
  CHECK(tagsOf(ask(project, checkOf("junit")).out) ==
        Words{"/failure", "/system-out", "/testcase", "/testsuite", "/testsuites",
              "?xml version= encoding=?", "failure type= message=", "system-out",
              "testcase classname= name= file= line=",
              "testsuite name= tests= failures= errors= skipped=",
              "testsuites name= tests= failures="});
  CHECK(tagsOf(ask(project, checkOf("checkstyle")).out) ==
        Words{"/checkstyle", "/file", "?xml version= encoding=?", "checkstyle version=",
              "error line= column= severity= message= source=/", "file name="});
  CHECK(tagsOf(ask(project, checkOf("html")).out) == Words{"!DOCTYPE html",
                                                           "/article",
                                                           "/b",
                                                           "/body",
                                                           "/code",
                                                           "/h1",
                                                           "/h2",
                                                           "/head",
                                                           "/html",
                                                           "/li",
                                                           "/p",
                                                           "/pre",
                                                           "/style",
                                                           "/title",
                                                           "/ul",
                                                           "article class=",
                                                           "b",
                                                           "body",
                                                           "code",
                                                           "h1",
                                                           "h2",
                                                           "head",
                                                           "html lang=",
                                                           "li",
                                                           "meta charset=",
                                                           "meta http-equiv= content=",
                                                           "meta name= content=",
                                                           "p",
                                                           "p class=",
                                                           "pre",
                                                           "title",
                                                           "ul"});
}

TEST_CASE("Markdown calls nobody and leads nowhere") {
  HostileProject project;
  for (const char *folder : {"one", "names", "folders", "versions"}) {
    Words arguments = checkOf("markdown");
    arguments[1] = folder;
    CHECK(firstOf(markupOf(ask(project, arguments).out)) == nothing);
  }
}

TEST_CASE("reports in files are those on standard output") {
  HostileProject project;
  for (const char *format : {"text", "json", "html", "markdown"}) {
    Words arguments = checkOf(format);
    const std::string printed = runLockstep(arguments, project.path()).out;
    arguments.insert(arguments.end(), {"--output", "report"});
    ask(project, arguments);
    CHECK(readFile(project.path() / "report") == printed);
    std::filesystem::remove(project.path() / "report");
  }
}
