#include "bench/rules.hpp"

#include "engine/runner.hpp"
#include "rules/registry.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

namespace lockstep::bench {

using namespace rules;

namespace {
/// A runner with some of the rules, and the time that it has taken.
class TimedRunner {
public:
  explicit TimedRunner(const SelectionRequest &request)
      : selections_(*Selection::make(allRules(), request)), runner_(selections_, settings_, 15),
        sink_(runner_.sink()) {}

  void take(const FileReading &reading) {
    timed([&] { sink_.file(reading); });
  }
  void take(const std::shared_ptr<const ChangeSet> &change_set) {
    timed([&] { sink_.change_set(change_set); });
  }
  [[nodiscard]] double seconds() const { return seconds_; }

private:
  template <class Work> void timed(Work &&work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }

  FileSelections selections_;
  RuleSettings settings_;
  Runner runner_;
  SimulationSink sink_;
  double seconds_ = 0;
};
} // namespace

static History historyOf(size_t migrations) {
  History history;
  history.path = "db";
  history.framework = "plain";
  history.execution = ExecutionModel::tx_file;
  for (size_t number = 1; number <= migrations; ++number) {
    Migration &migration = history.migrations.emplace_back();
    migration.version = std::to_string(number);
    migration.files.push_back({.path = "db/" + migration.version + ".sql"});
  }
  return history;
}

/// Simulates the history once for all of the selections; the time that each takes.
static std::vector<double> secondsOf(const std::vector<SelectionRequest> &selections,
                                     const std::vector<std::string> &texts) {
  const History history = historyOf(texts.size());
  std::vector<std::unique_ptr<TimedRunner>> runners;
  for (const SelectionRequest &request : selections)
    runners.push_back(std::make_unique<TimedRunner>(request));
  SimulationSink sink;
  sink.file = [&](const FileReading &reading) {
    for (auto &runner : runners)
      runner->take(reading);
  };
  sink.change_set = [&](const std::shared_ptr<const ChangeSet> &change_set) {
    for (auto &runner : runners)
      runner->take(change_set);
  };
  SimulationOptions options;
  (void)simulate(
      history, options, {},
      [&](const std::string &path) -> Result<std::string> {
        return texts[std::stoul(path.substr(path.find('/') + 1)) - 1];
      },
      sink);
  std::vector<double> seconds;
  for (const auto &runner : runners)
    seconds.push_back(runner->seconds());
  return seconds;
}

/// The best of some runs of a pack, measured as it runs: with no other one between two statements.
static double bestOf(const SelectionRequest &pack, const std::vector<std::string> &texts) {
  constexpr int runs = 5;
  double best = secondsOf({pack}, texts).front();
  for (int run = 1; run < runs; ++run)
    best = std::min(best, secondsOf({pack}, texts).front());
  return best;
}

PackCost measureRules(const std::vector<std::string> &texts) {
  const SelectionRequest none{.select = {"all"}, .ignore = {"all"}};
  PackCost cost;
  const double engine = bestOf(none, texts);
  cost.recommended = bestOf({.select = {"recommended"}}, texts) - engine;
  cost.all = bestOf({.select = {"all"}}, texts) - engine;
  std::vector<SelectionRequest> each{none};
  for (const Rule *rule : allRules())
    each.push_back({.select = {std::string(rule->id.text)}});
  const std::vector<double> seconds = secondsOf(each, texts);
  for (size_t i = 0; i < allRules().size(); ++i)
    cost.rules.push_back(
        {std::string(allRules()[i]->id.text), std::max(0.0, seconds[i + 1] - seconds[0])});
  std::stable_sort(cost.rules.begin(), cost.rules.end(),
                   [](const RuleCost &a, const RuleCost &b) { return a.seconds > b.seconds; });
  return cost;
}

} // namespace lockstep::bench
