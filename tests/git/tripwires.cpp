// A repository that names a program wherever git lets it name one: none of them may run.
#include "git/repository.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

using namespace lockstep::test;
namespace fs = std::filesystem;

namespace {
/// A setting of git that names a program, a command line, or something that leads to one. TRIP in
/// its value stands for a program that leaves a trace.
struct Setting {
  const char *section; ///< "core", or with a name of its own: "filter x".
  const char *key;
  const char *value = "TRIP";
};
} // namespace

/// From git-config(1) and the pages that it refers to.
static constexpr Setting settings[] = {
    {"alias", "ls-files", "!TRIP"},
    {"alias", "rev-parse", "!TRIP"},
    {"alias", "diff-index", "!TRIP"},
    {"alias", "cat-file", "!TRIP"},
    {"browser x", "cmd"},
    {"browser x", "path"},
    {"core", "alternateRefsCommand"},
    {"core", "askPass"},
    {"core", "editor"},
    {"core", "fsmonitor"},
    {"core", "gitProxy"},
    {"core", "hooksPath", "HOOKS"},
    {"core", "pager"},
    {"core", "sshCommand"},
    {"credential", "helper"},
    {"credential https://example.org", "helper"},
    {"diff", "external"},
    {"diff", "guitool", "x"},
    {"diff", "tool", "x"},
    {"diff x", "command"},
    {"diff x", "textconv"},
    {"diff x", "cachetextconv", "true"},
    {"difftool x", "cmd"},
    {"difftool x", "path"},
    {"filter x", "clean"},
    {"filter x", "smudge"},
    {"filter x", "required", "true"},
    {"filter y", "process"},
    {"gpg", "program"},
    {"gpg openpgp", "program"},
    {"gpg ssh", "program"},
    {"gpg x509", "program"},
    {"gpg ssh", "defaultKeyCommand"},
    {"guitool x", "cmd"},
    {"help", "autoCorrect", "immediate"},
    {"help", "browser", "x"},
    {"imap", "tunnel"},
    {"instaweb", "browser"},
    {"instaweb", "httpd"},
    {"interactive", "diffFilter"},
    {"log", "showSignature", "true"},
    {"man", "viewer", "x"},
    {"man x", "cmd"},
    {"man x", "path"},
    {"merge", "guitool", "x"},
    {"merge", "tool", "x"},
    {"merge", "verifySignatures", "true"},
    {"merge x", "driver"},
    {"mergetool x", "cmd"},
    {"mergetool x", "path"},
    {"pager", "cat-file"},
    {"pager", "diff-index"},
    {"pager", "ls-files"},
    {"pager", "rev-parse"},
    {"protocol", "allow", "always"},
    {"protocol ext", "allow", "always"},
    {"protocol file", "allow", "always"},
    {"protocol ssh", "allow", "always"},
    {"remote origin", "url", "ext::TRIP %S"},
    {"remote origin", "uploadpack"},
    {"remote origin", "receivepack"},
    {"remote origin", "proxy", "ext::TRIP"},
    {"remote other", "url", "ssh://example.invalid/x"},
    {"remote other", "vcs", "ext"},
    {"sendemail", "aliasesFile", "/dev/null"},
    {"sendemail", "ccCmd"},
    {"sendemail", "sendmailCmd"},
    {"sendemail", "smtpServer"},
    {"sendemail", "toCmd"},
    {"sequence", "editor"},
    {"submodule x", "update", "!TRIP"},
    {"submodule", "recurse", "true"},
    {"trace2", "eventTarget", "LOG"},
    {"trace2", "normalTarget", "LOG"},
    {"trace2", "perfTarget", "LOG"},
    {"trailer x", "cmd"},
    {"trailer x", "command"},
    {"transfer", "credentialsInUrl", "allow"},
    {"uploadpack", "packObjectsHook"},
    {"url ext::TRIP", "insteadOf", "ssh://example.invalid/"},
    {"web", "browser", "x"},
    // What makes commands look at more than they would.
    {"core", "untrackedCache", "true"},
    {"diff", "submodule", "log"},
    {"diff", "ignoreSubmodules", "none"},
    {"gc", "auto", "1"},
    {"maintenance", "auto", "true"},
    {"status", "submoduleSummary", "true"},
};

/// Every attribute that makes git do something with a file.
static constexpr const char *attributes =
    "* filter=x diff=x merge=x text eol=crlf ident export-subst export-ignore delta -binary\n"
    "* conflict-marker-size=9 whitespace=trailing-space encoding=latin1\n"
    "*.txt working-tree-encoding=UTF-16 filter=y text=auto\n";

static constexpr const char *hooks[] = {
    "applypatch-msg",   "commit-msg",     "fsmonitor-watchman",    "post-applypatch",
    "post-checkout",    "post-commit",    "post-index-change",     "post-merge",
    "post-receive",     "post-rewrite",   "post-update",           "pre-applypatch",
    "pre-auto-gc",      "pre-commit",     "pre-merge-commit",      "pre-push",
    "pre-rebase",       "pre-receive",    "prepare-commit-msg",    "proc-receive",
    "push-to-checkout", "query-watchman", "reference-transaction", "sendemail-validate",
    "update",
};

namespace {
/// Programs that leave a trace.
class Tripwires {
public:
  explicit Tripwires(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_ / "hooks");
    for (const char *hook : hooks)
      program(std::string("hooks/") + hook);
  }

  /// The path of a program that adds its own name to the trace.
  std::string program(const std::string &name) const {
    const fs::path path = folder_ / name;
    std::ofstream(path) << "#!/bin/sh\necho " << name << " >> '" << (folder_ / "log").string()
                        << "'\nexit 1\n";
    fs::permissions(path, fs::perms::owner_all);
    return path.string();
  }
  [[nodiscard]] fs::path hookFolder() const { return folder_ / "hooks"; }

  /// The text of a configuration with all of `settings`.
  [[nodiscard]] std::string configuration() const {
    std::string text;
    for (const Setting &setting : settings) {
      const std::string section = setting.section;
      const size_t blank = section.find(' ');
      const std::string path =
          program(fs::path(section.substr(0, blank) + "." + setting.key).filename().string());
      const std::string head = replaced(section, "TRIP", path);
      text += blank == std::string::npos
                  ? "[" + head + "]\n"
                  : "[" + section.substr(0, blank) + " \"" + head.substr(blank + 1) + "\"]\n";
      std::string value = replaced(setting.value, "TRIP", path);
      value = replaced(value, "HOOKS", hookFolder().string());
      value = replaced(value, "LOG", (folder_ / "log").string());
      text += std::string("\t") + setting.key + " = \"" + value + "\"\n";
    }
    return text;
  }

  /// What ran since the last time.
  [[nodiscard]] std::set<std::string> taken() const {
    std::set<std::string> ran;
    std::istringstream lines(readFile(folder_ / "log"));
    for (std::string line; std::getline(lines, line);)
      ran.insert(line);
    fs::remove(folder_ / "log");
    return ran;
  }

private:
  static std::string replaced(std::string text, const std::string &word, const std::string &by) {
    if (const size_t at = text.find(word); at != std::string::npos)
      text.replace(at, word.size(), by);
    return text;
  }

  fs::path folder_;
};
} // namespace

static const std::string creating = "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n";
static const std::string breaking = "ALTER TABLE users DROP COLUMN name;\n";

static void append(const fs::path &file, const std::string &text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

/// Two commits, a change in the index, one in the working tree, and a file of its own.
static void fill(const Repository &repository) {
  repository.write("db/migrations/0000_z.sql", "SELECT 1;\n");
  repository.write("db/migrations/0001_a.sql", creating);
  repository.write("notes.txt", "x\n");
  repository.commit();
  repository.write("db/migrations/0002_b.sql", breaking);
  repository.commit();
  repository.write("db/migrations/0003_c.sql", "DROP TABLE users;\n");
  repository.git({"add", "."});
  repository.write("db/migrations/0000_z.sql", "SELECT 2;\n");
  repository.write("db/migrations/0004_d.sql", "CREATE INDEX i ON orders (id);\n");
}

using Words = std::vector<std::string>;

/// The commands that ask git, each where it changes what the next one sees at the end.
static const std::vector<Words> commands = {
    {"check", ".", "--fail-on", "never"},
    {"check", "db/migrations", "--fail-on", "never"},
    {"check", ".", "--since", "HEAD~1", "--fail-on", "never"},
    {"check", ".", "--staged", "--fail-on", "never"},
    {"effects", "."},
    {"effects", "--since", "HEAD", "."},
    {"schema", "."},
    {"init", "--stdout"},
    {"baseline", "create", "."},
    {"check", ".", "--since", "HEAD", "--fix", "--unsafe-fixes", "--fail-on", "never"},
};

/// Runs them all; the names of what ran beside lockstep and git.
static std::set<std::string> ranBy(const Repository &repository, const Tripwires &wires,
                                   const Words &environment = {}, int status = 0) {
  std::set<std::string> ran;
  for (const Words &command : commands) {
    const Outcome outcome = repository.lockstep(command, environment);
    INFO(command[0] << " " << command[1] << " " << command.back() << ": " << outcome.err);
    if (status == 0)
      CHECK(outcome.status == 0);
    for (const std::string &name : wires.taken())
      ran.insert(command[0] + ": " + name);
  }
  return ran;
}

/// What is new since `revision`: nothing may keep it from being seen.
static bool seesDrop(const Repository &repository, const std::string &folder) {
  const Outcome outcome = repository.lockstep(
      {"check", folder, "--since", "HEAD~1", "--select", "drop-column", "--format", "concise"});
  INFO(outcome.out << outcome.err);
  return outcome.status == 1 && outcome.out.find("0002_b.sql:1:19: error: ") != std::string::npos;
}

static const std::set<std::string> nothing;

TEST_CASE("no program runs that the repository's own configuration names") {
  TemporaryDirectory directory;
  const Tripwires wires(directory.path() / "wires");
  const Repository repository(directory.path() / "r");
  fill(repository);
  const fs::path git = repository.folder() / ".git";
  append(repository.folder() / ".gitattributes", attributes);
  append(git / "info/attributes", attributes);
  const std::string configuration = wires.configuration();

  SECTION("in its file") {
    append(git / "config", configuration);
    fs::remove_all(git / "hooks");
    fs::copy(wires.hookFolder(), git / "hooks");
    // The wires are live.
    static_cast<void>(repository.tryGit({"status"}));
    static_cast<void>(repository.tryGit({"diff", "--ext-diff", "HEAD~1", "HEAD"}));
    const std::set<std::string> live = wires.taken();
    CHECK(live == std::set<std::string>{"core.fsmonitor", "filter.clean", "filter.smudge"});
    CHECK(seesDrop(repository, "."));
    CHECK(ranBy(repository, wires) == nothing);
  }
  SECTION("and hooks beside it") {
    fs::remove_all(git / "hooks");
    fs::copy(wires.hookFolder(), git / "hooks");
    CHECK(ranBy(repository, wires) == nothing);
  }
  SECTION("in a worktree's") {
    repository.git({"config", "extensions.worktreeConfig", "true"});
    append(git / "config.worktree", configuration);
    CHECK(ranBy(repository, wires) == nothing);
  }
  SECTION("in a file that it includes") {
    append(git / "more", configuration);
    append(git / "config", "[include]\n\tpath = more\n");
    CHECK(ranBy(repository, wires) == nothing);
  }
  SECTION("in the environment, as for another command") {
    const std::string wire = wires.program("environment");
    repository.write("git", readFile(wire));
    fs::permissions(repository.folder() / "git", fs::perms::owner_all);
    CHECK(ranBy(repository, wires,
                {"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=core.fsmonitor",
                 "GIT_CONFIG_VALUE_0=" + wire,
                 "GIT_CONFIG_PARAMETERS='core.fsmonitor'='" + wire + "'",
                 "GIT_EXTERNAL_DIFF=" + wire, "GIT_PAGER=" + wire, "PAGER=" + wire,
                 "GIT_ASKPASS=" + wire, "SSH_ASKPASS=" + wire, "GIT_SSH=" + wire,
                 "GIT_SSH_COMMAND=" + wire, "GIT_EDITOR=" + wire, "GIT_PROXY_COMMAND=" + wire,
                 std::string("PATH=.:") + std::getenv("PATH")}) == nothing);
  }
  SECTION("where a file .git leads into the checkout") {
    append(git / "config", configuration);
    fs::rename(git, repository.folder() / "db/data");
    append(git, "gitdir: db/data\n");
    CHECK(seesDrop(repository, "db/migrations"));
    CHECK(ranBy(repository, wires) == nothing);
  }
  SECTION("where a text is missing that a server could send") {
    append(git / "config", configuration +
                               "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n"
                               "\tpartialClone = origin\n[remote \"origin\"]\n\tpromisor = true\n"
                               "\tpartialCloneFilter = blob:none\n");
    std::string blob = repository.git({"rev-parse", "HEAD:db/migrations/0000_z.sql"});
    fs::remove(git / "objects" / blob.substr(0, 2) / blob.substr(2, 38));
    CHECK(ranBy(repository, wires, {}, 2) == nothing);
    static_cast<void>(repository.tryGit({"cat-file", "blob", "HEAD:db/migrations/0000_z.sql"}));
    CHECK_FALSE(wires.taken().empty());
  }
  SECTION("where its files are said to stand elsewhere") {
    append(git / "config",
           configuration + "[core]\n\tworktree = " + (directory.path() / "wires").string() + "\n");
    CHECK(ranBy(repository, wires, {}, 2) == nothing);
    const Outcome outcome = repository.lockstep({"check", ".", "--since", "HEAD~1"});
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("git does not agree that there is a repository at ") !=
          std::string::npos);
  }
}

TEST_CASE("a tracked folder that looks like git's own is none") {
  TemporaryDirectory directory;
  const Tripwires wires(directory.path() / "wires");
  const Repository repository(directory.path() / "r");
  fill(repository);
  const fs::path folder = repository.folder() / "db/migrations";
  const Repository other(directory.path() / "other");
  const fs::path inside = other.folder() / ".git";
  SECTION("with nothing in it") {}
  SECTION("with a history of its own, in which nothing is new") {
    other.write("0001_a.sql", creating);
    other.write("0002_b.sql", breaking);
    other.commit();
    other.commit();
    repository.git(
        {"-c", "protocol.file.allow=always", "fetch", "--quiet", other.folder().string()});
  }
  SECTION("whose HEAD is a link") {
    fs::remove(inside / "HEAD");
    fs::create_symlink("refs/heads/main", inside / "HEAD");
  }
  for (const char *name : {"HEAD", "objects", "refs", "index"})
    if (fs::exists(fs::symlink_status(inside / name)))
      fs::copy(inside / name, folder / name,
               fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  append(folder / "config", "[core]\n\trepositoryFormatVersion = 0\n\tbare = false\n"
                            "\tworktree = .\n" +
                                wires.configuration());
  CHECK(seesDrop(repository, "db/migrations"));
  // From inside, too.
  for (const Words &command : {Words{"check", ".", "--since", "HEAD~1"},
                               Words{"check", ".", "--staged"}, Words{"init", "--stdout"}}) {
    Words all = command;
    all.insert(all.begin(), std::getenv("LOCKSTEP_BIN"));
    const Outcome outcome = run(all, folder, {}, gitEnvironment());
    CHECK(outcome.status == (command[0] == "check" ? 1 : 0));
  }
  CHECK(ranBy(repository, wires) == nothing);
}

TEST_CASE("git's settings that name a program are all among the tripwires") {
  const TemporaryDirectory directory;
  const Outcome listed = run({"git", "help", "-c"}, directory.path());
  REQUIRE(listed.status == 0);
  // Where programs are named, by what git's documentation calls such settings.
  static constexpr const char *words[] = {
      "cmd",  "command",     "program", "helper",   "editor", "pager",     "askpass", "textconv",
      "hook", "hookspath",   "driver",  "external", "tunnel", "fsmonitor", "clean",   "smudge",
      "vcs",  "receivepack", "process", "gitproxy", "httpd",  "uploadpack"};
  // They name a column, a list, a kind of database, or colours.
  static const std::set<std::string> others = {"advice.ignoredhook", "advice.waitingforeditor",
                                               "color.pager",        "column.clean",
                                               "gitcvs.dbdriver",    "notes.rewrite.<command>"};
  const auto lower = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  };
  std::set<std::string> known;
  for (const Setting &setting : settings) {
    std::string section = setting.section;
    section = section.substr(0, section.find(' '));
    known.insert(lower(section + "." + setting.key));
  }
  std::set<std::string> missing;
  size_t seen = 0;
  std::istringstream lines(listed.out);
  for (std::string line; std::getline(lines, line);) {
    const std::string name = lower(line);
    const std::string section = name.substr(0, name.find('.'));
    const std::string key = name.substr(name.rfind('.') + 1);
    const bool is_pattern = section == "alias" || section == "pager";
    const bool names_program = std::any_of(std::begin(words), std::end(words),
                                           [&](const char *word) { return key.ends_with(word); });
    seen += names_program ? 1 : 0;
    if (names_program && !others.contains(name) && !is_pattern &&
        !known.contains(section + "." + key))
      missing.insert(line);
  }
  CHECK(seen > 20);
  CHECK(missing == std::set<std::string>{});
}
