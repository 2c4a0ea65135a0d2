// Speed and memory of the program on generated histories and on SQL of your own:
//   lockstep_bench LOCKSTEP WORKDIR [--squawk PROGRAM] [PATH...]
#include "bench/edits.hpp"
#include "bench/effects_cost.hpp"
#include "bench/generate.hpp"
#include "bench/layers.hpp"
#include "bench/measure.hpp"
#include "bench/rules.hpp"
#include "bench/scale.hpp"

#include <cstdio>
#include <cstring>

using namespace lockstep::bench;
namespace fs = std::filesystem;

static void printRow(const char *name, const RawParse &raw, const Cost &check) {
  double megabytes = static_cast<double>(raw.bytes) / 1e6;
  std::printf("%-28s %8.2f %9llu %9.1f %9.1f %7.2f %10.1f %10.0f %8.1f\n", name, megabytes,
              static_cast<unsigned long long>(raw.statements), raw.cpu_seconds * 1e3,
              check.cpu_seconds * 1e3, check.cpu_seconds / raw.cpu_seconds,
              megabytes / check.cpu_seconds,
              static_cast<double>(raw.statements) / check.cpu_seconds,
              static_cast<double>(check.peak_kilobytes) / 1024);
}

namespace {
/// What the program is measured on.
struct Input {
  std::string name;
  fs::path path;
  std::string framework; ///< Empty: what is detected.
  Cost check;
};
} // namespace

static Cost measureCheck(const std::string &lockstep, const Input &input) {
  std::vector<std::string> command{lockstep,    "check", input.path.string(), "--format", "json",
                                   "--fail-on", "never"};
  if (!input.framework.empty()) {
    command.emplace_back("--framework");
    command.push_back(input.framework);
  }
  return measure(command, 3);
}

/// What the layers and the rules take over one history of these texts.
static void printLayers(const std::string &name, const std::vector<std::string> &texts) {
  const LayerCosts layers = measureLayers(texts);
  std::printf("\nlayers, %s: parse and lower %.1f ms, catalog %.1f ms, effects %.1f ms\n",
              name.c_str(), layers.parse * 1e3, layers.catalog * 1e3, layers.effects * 1e3);
  const PackCost pack = measureRules(texts);
  std::printf("rules, %s: recommended %.1f ms, all %zu %.1f ms; each alone:", name.c_str(),
              pack.recommended * 1e3, pack.rules.size(), pack.all * 1e3);
  constexpr double worth_naming = 0.5e-3;
  for (const RuleCost &rule : pack.rules)
    if (rule.seconds >= worth_naming)
      std::printf(" %s %.1f ms,", rule.rule.c_str(), rule.seconds * 1e3);
  std::printf(" the others less than %.1f ms\n", worth_naming * 1e3);
}

/// The CPU time of both programs on the same files, with JSON output.
static void compareWithSquawk(const char *name, const std::string &squawk,
                              const std::string &lockstep, const std::vector<fs::path> &paths) {
  std::vector<std::string> theirs{squawk, "--reporter", "json"};
  std::vector<std::string> ours{lockstep, "check", "--format", "json", "--fail-on", "never"};
  const size_t words = theirs.size();
  for (const fs::path &path : paths) {
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file() && entry.path().extension() == ".sql")
        theirs.push_back(entry.path().string());
    ours.push_back(path.string());
  }
  const auto [squawk_cost, our_cost] = measureInTurn(theirs, ours, 5);
  std::printf("\n%s, %zu files: lockstep %.0f ms CPU, squawk %.0f ms CPU: %.2f of it\n", name,
              theirs.size() - words, our_cost.cpu_seconds * 1e3, squawk_cost.cpu_seconds * 1e3,
              our_cost.cpu_seconds / squawk_cost.cpu_seconds);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: lockstep_bench LOCKSTEP WORKDIR [--squawk PROGRAM] [PATH...]\n");
    return 2;
  }
  std::string lockstep = argv[1];
  fs::path work = argv[2];
  std::string squawk;
  std::vector<fs::path> own;
  for (int i = 3; i < argc; ++i) {
    if (std::strcmp(argv[i], "--squawk") == 0 && i + 1 < argc)
      squawk = argv[++i];
    else
      own.emplace_back(argv[i]);
  }

  work /= "inputs";
  for (uint32_t size : {100u, 1000u, 10000u})
    if (fs::path directory = work / ("history_" + std::to_string(size)); !fs::exists(directory))
      generateHistory(directory, size);
  constexpr uint32_t histories = 20;
  for (uint32_t number = 1; number <= histories; ++number)
    if (fs::path directory = work / "histories" / std::to_string(number); !fs::exists(directory))
      generateHistory(directory, 500);
  if (!fs::exists(work / "dump"))
    fs::create_directories(work / "dump");
  if (!fs::exists(work / "dump/dump.sql"))
    generateDump(work / "dump/dump.sql", 50);
  fs::create_directories(work / "single");
  generateHistory(work / "single", 1);

  Cost start = measure({lockstep, "check", (work / "single").string(), "--format", "json"}, 20);
  std::printf("start to exit on one small file: %.2f ms wall, %.2f ms CPU, %.1f MB\n\n",
              start.wall_seconds * 1e3, start.cpu_seconds * 1e3,
              static_cast<double>(start.peak_kilobytes) / 1024);
  std::printf("%-28s %8s %9s %9s %9s %7s %10s %10s %8s\n", "input", "MB", "stmts", "raw ms",
              "check ms", "ratio", "MB/s", "stmts/s", "peak MB");
  std::vector<Input> inputs{{"history of 100", work / "history_100", "", {}},
                            {"history of 1,000", work / "history_1000", "", {}},
                            {"history of 10,000", work / "history_10000", "", {}},
                            {"20 histories of 500", work / "histories", "", {}},
                            {"50 MB dump", work / "dump/dump.sql", "plain", {}}};
  for (const fs::path &path : own)
    inputs.push_back({path.filename().string(), path, "", {}});
  // A child's peak memory is at least that of the process that starts it: all are measured before
  // this one reads a text.
  for (Input &input : inputs)
    input.check = measureCheck(lockstep, input);
  for (const Input &input : inputs)
    printRow(input.name.c_str(), rawParseAll(readTexts({input.path})), input.check);

  printLayers("history of 10,000", readTexts({work / "history_10000"}));
  for (const fs::path &path : own)
    printLayers(path.filename().string(), readTexts({path}));

  for (uint32_t tables : {200u, 2000u}) {
    const EffectsCost cost = measureEffects(tables, 1000000);
    std::printf("effects of %llu ops on %u tables: %.2f s CPU, %.2f us each\n",
                static_cast<unsigned long long>(cost.ops), cost.tables, cost.cpu_seconds,
                cost.cpu_seconds / static_cast<double>(cost.ops) * 1e6);
  }

  const EditCost edit = measureEdits(work / "history_1000");
  std::printf("edit of one of 1,000 migrations, to all findings: first %.1f ms, middle %.1f ms, "
              "last %.1f ms; a fresh check %.1f ms\n",
              edit.first_seconds * 1e3, edit.middle_seconds * 1e3, edit.last_seconds * 1e3,
              edit.fresh_seconds * 1e3);

  std::printf("\ncatalog with a snapshot of each migration\n%12s %8s %8s %9s %11s %13s\n",
              "migrations", "tables", "columns", "apply ms", "catalog MB", "snapshots MB");
  for (uint32_t migrations : {1000u, 10000u}) {
    const ScaleCost scale = measureScale(migrations);
    std::printf("%12u %8llu %8llu %9.1f %11.1f %13.1f\n", migrations,
                static_cast<unsigned long long>(scale.tables),
                static_cast<unsigned long long>(scale.columns), scale.apply_seconds * 1e3,
                static_cast<double>(scale.catalog_bytes) / 1e6,
                static_cast<double>(scale.snapshot_bytes) / 1e6);
  }

  if (!squawk.empty()) {
    compareWithSquawk("20 histories of 500", squawk, lockstep, {work / "histories"});
    if (!own.empty())
      compareWithSquawk("files of one's own", squawk, lockstep, own);
  }
  return 0;
}
