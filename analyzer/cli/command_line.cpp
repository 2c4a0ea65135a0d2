#include "cli/command_line.hpp"

#include "base/text.hpp"

#include <llvm/Support/CommandLine.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <array>
#include <utility>

namespace lockstep::cli {

namespace cl = llvm::cl;

NoForeignOptions::NoForeignOptions() {
  (void)cl::getRegisteredOptions();
  cl::ResetCommandLineParser();
}

bool CommandLine::parse(Words words) {
  std::string program = "lockstep " + std::string(command_);
  std::vector<const char *> argv{program.c_str()};
  argv.insert(argv.end(), words.begin(), words.end());
  // No option has a single dash, so that asking for help never depends on the rest being right.
  for (const char *word : words) {
    std::string_view text = word;
    if (text == "--")
      break;
    if (text == "--help" || text == "-h") {
      status_ = writeOut(Channel::text, helpText(describe())) ? 0 : 2;
      return false;
    }
  }
  if (refusesValueOf(words) || refusesForeign(words))
    return false;
  for (const char *&word : argv)
    if (std::string_view(word) == "-f" && cl::getRegisteredOptions().count("format"))
      word = "--format";
  std::string problems;
  llvm::raw_string_ostream stream(problems);
  bool valid = cl::ParseCommandLineOptions(static_cast<int>(argv.size()), argv.data(), "", &stream);
  if (!valid)
    status_ = 2;
  tell(stream.str());
  return valid;
}

/// Options as other linters of migrations call them: the nearest name would be another one.
bool CommandLine::refusesForeign(Words words) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> foreign{{
      {"config-path", "config"},
      {"except", "ignore"},
      {"exclude-path", "exclude"},
      {"only", "select"},
      {"output-format", "format"},
      {"pg-version", "postgres"},
      {"postgres-version", "postgres"},
      {"reporter", "format"},
      {"stdin-filepath", "stdin-filename"},
  }};
  llvm::StringMap<cl::Option *> &options = cl::getRegisteredOptions();
  for (std::string_view word : words) {
    if (word == "--")
      break;
    if (!word.starts_with("--"))
      continue;
    const std::string_view name = word.substr(2, word.find('=') - 2);
    for (const auto &[theirs, ours] : foreign)
      if (name == theirs && options.count(ours) > 0) {
        refuse(format("there is no option --{}: it is called --{} here", theirs, ours));
        return true;
      }
  }
  return false;
}

/// Options that take no value, with one: LLVM would show it on standard error as it is.
bool CommandLine::refusesValueOf(Words words) {
  llvm::StringMap<cl::Option *> &options = cl::getRegisteredOptions();
  for (std::string_view word : words) {
    const size_t equals = word.find('=');
    if (word == "--")
      break;
    if (!word.starts_with('-') || equals == std::string_view::npos)
      continue;
    const std::string_view name = word.substr(word.starts_with("--") ? 2 : 1, equals);
    const auto option = options.find(name.substr(0, name.find('=')));
    if (option == options.end() || option->second->getValueExpectedFlag() != cl::ValueOptional)
      continue;
    const std::string_view value = word.substr(equals + 1);
    if (value == "true" || value == "false")
      continue;
    refuse(format("--{} takes no value, not '{}'", option->first().str(), value));
    return true;
  }
  return false;
}

void CommandLine::refuse(std::string_view message) {
  if (status_ == 0)
    complain(message);
  status_ = 2;
}

CommandDescription CommandLine::describe() const {
  CommandDescription description{
      std::string(command_), std::string(usage_), std::string(overview_), {}};
  llvm::StringMap<cl::Option *> &options = cl::getRegisteredOptions();
  for (std::string_view group : groups_) {
    std::vector<const cl::Option *> members;
    for (const auto &entry : options)
      for (const cl::OptionCategory *category : entry.second->Categories)
        if (std::string_view(category->getName()) == group)
          members.push_back(entry.second);
    std::sort(members.begin(), members.end(),
              [](const cl::Option *a, const cl::Option *b) { return a->ArgStr < b->ArgStr; });
    for (const cl::Option *option : members)
      description.options.push_back({option->ArgStr.str(), option->ValueStr.str(),
                                     option->HelpStr.str(), std::string(group)});
  }
  // LLVM keeps pointers to the options, which are gone when the next command's are made.
  cl::ResetCommandLineParser();
  return description;
}

} // namespace lockstep::cli
