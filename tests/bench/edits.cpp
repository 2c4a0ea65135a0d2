#include "bench/edits.hpp"

#include "history/files/disk.hpp"
#include "rules/registry.hpp"
#include "session/session.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace lockstep::bench {

using namespace session;

static double secondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

static double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

static void check(Session &session) {
  if (!session.open())
    return;
  for (Project &project : session.projects())
    (void)project.check();
}

/// The median time of an edit of one file: it gets one more line with each.
static double editSeconds(Session &session, const std::string &path) {
  constexpr size_t edits = 21;
  const Result<std::string> text = readFile(path);
  if (!text)
    return 0;
  std::vector<double> seconds;
  for (size_t edit = 1; edit <= edits; ++edit) {
    const auto begin = std::chrono::steady_clock::now();
    session.setText(path, *text + std::string(edit, '\n'));
    check(session);
    seconds.push_back(secondsSince(begin));
  }
  session.dropText(path);
  return median(std::move(seconds));
}

EditCost measureEdits(const std::filesystem::path &folder) {
  Request request;
  request.paths = {folder.string()};
  request.jobs = 1;
  EditCost cost;
  const auto begin = std::chrono::steady_clock::now();
  Session fresh(request, rules::allRules(), readFile);
  check(fresh);
  cost.fresh_seconds = secondsSince(begin);

  Session session(request, rules::allRules(), readFile, Life::many_questions);
  check(session);
  std::vector<std::string> files = *session.projects().front().files();
  cost.first_seconds = editSeconds(session, files.front());
  cost.middle_seconds = editSeconds(session, files[files.size() / 2]);
  cost.last_seconds = editSeconds(session, files.back());
  return cost;
}

} // namespace lockstep::bench
