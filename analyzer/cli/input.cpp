#include "cli/input.hpp"

#include "base/path.hpp"
#include "base/repository.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "config/find.hpp"
#include "history/discovery.hpp"
#include "history/files/disk.hpp"
#include "report/escape.hpp"
#include "report/formats/text.hpp"
#include "rules/pages.hpp"
#include "rules/registry.hpp"
#include "sql/lower/grammar.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>

namespace lockstep::cli {

static std::string today() {
  std::time_t now = std::time(nullptr);
  std::tm parts{};
  char text[sizeof "2026-12-31"];
  return localtime_r(&now, &parts) && std::strftime(text, sizeof text, "%Y-%m-%d", &parts) > 0
             ? text
             : "";
}

/// Reads standard input once, by the name that it stands for; all else from the disk.
static FileReader inputReader(const InputArguments &input) {
  bool is_asked = std::find(input.paths.begin(), input.paths.end(), "-") != input.paths.end();
  std::string name(stdin_path);
  if (!input.stdin_filename.empty())
    name = displayPath(input.stdin_filename);
  auto kept = std::make_shared<std::string>();
  auto is_read = std::make_shared<bool>(false);
  auto disk = std::make_shared<Disk>(enclosureOf(input));
  return [=](const std::string &path) -> Result<std::string> {
    if (!is_asked || path != name)
      return disk->read(path);
    if (!*is_read) {
      char buffer[1 << 16];
      for (size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;)
        kept->append(buffer, got);
      *is_read = true;
    }
    return *kept;
  };
}

std::optional<Session> openSession(const InputArguments &input, Life life) {
  Request request = input;
  request.today = today();
  Session session(std::move(request), allRules(), inputReader(input), life);
  Status status = session.open();
  if (status)
    return session;
  const std::string &message = status.error().message;
  std::string problems;
  if (const std::optional<ConfigReading> &reading = session.unusable())
    problems = renderProblems(*reading);
  complain(message);
  tell(std::move(problems));
  return std::nullopt;
}

bool complainAbout(const Reach &reach, const InputArguments &input) {
  for (const std::string &problem : reach.unreadable)
    complain(problem);
  const bool lacks_start = reach.lacks_start && !reach.has_start;
  if (lacks_start)
    complain(format("no migration has the version '{}' that --start-after names{}",
                    input.start_after,
                    reach.near_start.empty() ? std::string()
                                             : format("; did you mean '{}'?", reach.near_start)));
  const bool is_short = !reach.unreadable.empty() || lacks_start;
  if (!input.unmatched_is_error)
    return is_short;
  for (const std::string &path : reach.unmatched)
    complain(format(
        "nothing to check at '{}': no .sql files and no migrations of a known framework", path));
  return is_short || !reach.unmatched.empty();
}

ReportContext reportContext(const Tool &tool) {
  ReportContext context;
  context.version = tool.version;
  context.grammar = grammarVersion();
  context.rules = allRules();
  context.page = &rulePage;
  context.working_directory = absolutePath(".");
  context.repository_root = repositoryRootOf(".");
  if (context.repository_root.empty())
    context.repository_root = context.working_directory;
  return context;
}

} // namespace lockstep::cli
