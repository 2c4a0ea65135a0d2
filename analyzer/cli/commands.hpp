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

// Each in the file that stands behind it.
int checkCommand(const Tool &tool, Words words);       // check.cpp
int effectsCommand(const Tool &tool, Words words);     // effects.cpp
int schemaCommand(const Tool &tool, Words words);      // schema.cpp
int rulesCommand(const Tool &tool, Words words);       // rules.cpp
int explainCommand(const Tool &tool, Words words);     // rules.cpp
int baselineCommand(const Tool &tool, Words words);    // baseline.cpp
int configCommand(const Tool &tool, Words words);      // config.cpp
int initCommand(const Tool &tool, Words words);        // init.cpp
int completionsCommand(const Tool &tool, Words words); // completions.cpp
int manualCommand(const Tool &tool, Words words);      // manual.cpp
int versionCommand(const Tool &tool, Words words);     // version.cpp

} // namespace lockstep::cli
