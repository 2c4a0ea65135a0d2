// Holds the program to cost that grows with its input and no faster: each generator makes a project
// of some size and one eight times as large, and what the program does on both is counted, not
// timed.
//   lockstep_growth [--shard I/N] [--list] [--open] [--write FOLDER] [--program PATH]
//       [--limit SECONDS] [NAME...]
// Names choose generators by a part of theirs. With --program another program is run and its time
// compared, which shows loops that allocate nothing.
#include "growth/measure.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace lockstep::growth;
namespace fs = std::filesystem;

/// The larger size is so many times the smaller one, and may cost so many times as much: what
/// n log n takes, and some.
static constexpr size_t factor = 8;
static constexpr double most = 12;

namespace {
struct Options {
  std::vector<std::string> names;
  bool open = false; ///< Those of which it is known that they grow too fast, too.
  size_t shard = 0;
  size_t shards = 1;
  bool list = false;
  std::string write;
  std::string program;
  unsigned limit = 240; ///< Seconds of CPU time that a run may take.
};
} // namespace

static bool isChosen(const Generator &generator, const Options &options) {
  if (options.names.empty())
    return options.open || !generator.open;
  for (const std::string &name : options.names)
    if (generator.name.find(name) != std::string::npos)
      return true;
  return false;
}

static double ratio(uint64_t small, uint64_t large) {
  // What takes next to nothing has no growth to speak of.
  return static_cast<double>(large) / static_cast<double>(small < 1000 ? 1000 : small);
}

/// What is wrong with a run itself; empty if nothing is.
static std::string faultOf(const Generator &generator, const Run &run) {
  if (run.status != generator.status)
    return "exit status " + std::to_string(run.status) + ": " + run.out.substr(0, 400);
  if (run.work.allocations == 0)
    return "nothing was counted";
  if (const size_t at = run.out.find("[syntax-error]");
      generator.valid && at != std::string::npos) {
    const size_t line = run.out.rfind('\n', at);
    return "not what it should be: " +
           run.out.substr(line == std::string::npos ? 0 : line + 1, 300);
  }
  return "";
}

/// True where the cost of the large project is within bounds.
static bool compareWork(const Generator &generator, const fs::path &folder, unsigned limit) {
  const Run small = measure(generator, generator.n, folder / "small", limit);
  const Run large = measure(generator, factor * generator.n, folder / "large", limit);
  fs::remove_all(folder);
  for (const Run *run : {&small, &large})
    if (const std::string fault = faultOf(generator, *run); !fault.empty()) {
      std::printf("%-36s FAILED, %s\n", generator.name.c_str(), fault.c_str());
      return false;
    }
  const Work &a = small.work, &b = large.work;
  const double ratios[] = {ratio(a.allocations, b.allocations), ratio(a.bytes, b.bytes),
                           ratio(a.peak, b.peak)};
  bool within = true;
  for (double each : ratios)
    within &= each <= most;
  std::printf(
      "%-36s %6zu %9.3f s %10llu %7.1f %12llu %7.1f %12llu %7.1f%s\n", generator.name.c_str(),
      generator.n, large.user_seconds, static_cast<unsigned long long>(b.allocations), ratios[0],
      static_cast<unsigned long long>(b.bytes), ratios[1], static_cast<unsigned long long>(b.peak),
      ratios[2], within ? "" : "  FAILED, grows too fast");
  return within;
}

/// Prints how its time grows from twice to eight times the size.
static void compareTime(const Generator &generator, const fs::path &folder, unsigned limit,
                        const std::string &program) {
  const Run small = measure(generator, 2 * generator.n, folder / "small", limit, program);
  const Run large = measure(generator, factor * generator.n, folder / "large", limit, program);
  fs::remove_all(folder);
  const std::string fault = faultOf(generator, large);
  std::printf("%-36s %6zu %9.3f s %9.3f s %7.1f of 4 %s\n", generator.name.c_str(), generator.n,
              small.user_seconds, large.user_seconds, large.user_seconds / small.user_seconds,
              fault.c_str());
}

static Generators allGenerators() {
  Generators generators;
  addTexts(generators);
  addReports(generators);
  const size_t known = generators.all().size();
  addParts(generators);
  addObjects(generators);
  addLater(generators);
  addPartitions(generators);
  addQueries(generators);
  addProjects(generators);
  for (size_t i = known; i < generators.all().size(); ++i)
    generators.all()[i].open = true;
  return generators;
}

static Options parse(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--list")
      options.list = true;
    else if (word == "--open")
      options.open = true;
    else if (word == "--write")
      options.write = value, ++i;
    else if (word == "--program")
      options.program = fs::absolute(value).string(), ++i;
    else if (word == "--limit")
      options.limit = static_cast<unsigned>(std::strtoul(value, nullptr, 10)), ++i;
    else if (word == "--shard") {
      std::sscanf(value, "%zu/%zu", &options.shard, &options.shards);
      ++i;
    } else
      options.names.push_back(word);
  }
  return options;
}

int main(int argc, char **argv) {
  const Options options = parse(argc, argv);
  Generators generators = allGenerators();

  std::string pattern = (fs::temp_directory_path() / "lockstep-growth-XXXXXX").string();
  if (!mkdtemp(pattern.data()))
    return 2;
  const fs::path work = pattern;
  setvbuf(stdout, nullptr, _IOLBF, 0);
  size_t number = 0, failed = 0, run = 0;
  for (const Generator &generator : generators.all()) {
    if (number++ % options.shards != options.shard || !isChosen(generator, options))
      continue;
    ++run;
    if (options.list)
      std::printf("%s\n", generator.name.c_str());
    else if (!options.write.empty())
      (void)measure(generator, generator.n, fs::path(options.write) / generator.name, 0);
    else if (!options.program.empty())
      compareTime(generator, work / generator.name, options.limit, options.program);
    else
      failed += compareWork(generator, work / generator.name, options.limit) ? 0 : 1;
  }
  fs::remove_all(work);
  std::printf("%zu of %zu generators, %zu failed\n", run, generators.all().size(), failed);
  return failed > 0 ? 1 : 0;
}
