#pragma once
#include "cli/arguments.hpp"
#include "cli/layer.hpp"

#include <string_view>

namespace lockstep::cli {

/// The program itself, as main knows it.
struct Tool {
  std::string_view version;
};

/// A command of the program; returns the exit status: 0 clean, 1 findings, 2 could not do it.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(const Tool &tool, Words words) = nullptr;
};

int checkCommand(const Tool &tool, Words words);
int effectsCommand(const Tool &tool, Words words);
int schemaCommand(const Tool &tool, Words words);
int rulesCommand(const Tool &tool, Words words);
int explainCommand(const Tool &tool, Words words);
int baselineCommand(const Tool &tool, Words words);
int configCommand(const Tool &tool, Words words);
int initCommand(const Tool &tool, Words words);
int completionsCommand(const Tool &tool, Words words);
int manualCommand(const Tool &tool, Words words);
int versionCommand(const Tool &tool, Words words);

} // namespace lockstep::cli
