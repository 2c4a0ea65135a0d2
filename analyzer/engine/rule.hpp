#pragma once
#include "diag/finding.hpp"
#include "engine/layer.hpp"
#include "engine/op_set.hpp"
#include "history/simulation.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace lockstep::engine {

class FileSuppressions;
class Report;

/// A rule's permanent name, checked at compile time: kebab-case.
struct RuleId {
  std::string_view text;
  consteval RuleId(const char *id) : text(id) {
    for (char c : text)
      if (c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9'))
        throw "rule ids are kebab-case";
  }
};

/// The smallest preset that contains a rule; presets nest. Of a rule whose severity is info,
/// `recommended` shows only the findings that it raises above that. An `opt_in` rule is in none:
/// teams differ on what it asks for, so that it runs only where it or its category is named.
enum class Preset : uint8_t { recommended, strict, all, opt_in };
[[nodiscard]] std::string_view name(Preset preset);

/// A place where a rule looks: at steps of one op, at a whole change set, at a file as read, or at
/// what became of a file's suppressions. Exactly one of the functions is set.
struct Check {
  size_t op = std::variant_npos; ///< Index in Op of the steps that `step` wants.
  void (*step)(const Step &, Report &) = nullptr;
  void (*change_set)(const ChangeSet &, Report &) = nullptr;
  OpSet change_sets = {}; ///< `change_set` only wants those that hold one of these ops; empty: all.
  void (*file)(const FileReading &, Report &) = nullptr;
  void (*suppressions)(const FileSuppressions &, Report &) = nullptr;
};

namespace detail {
template <auto Fn> struct OnStep;
template <class T, void (*Fn)(const T &, const Step &, Report &)> struct OnStep<Fn> {
  static void run(const Step &step, Report &report) { Fn(std::get<T>(step.op), step, report); }
  static constexpr Check check{.op = opIndex<T>(), .step = &run};
};
template <void (*Fn)(const ChangeSet &, Report &)> struct OnStep<Fn> {
  static constexpr Check check{.change_set = Fn};
};
template <void (*Fn)(const FileReading &, Report &)> struct OnStep<Fn> {
  static constexpr Check check{.file = Fn};
};
template <void (*Fn)(const FileSuppressions &, Report &)> struct OnStep<Fn> {
  static constexpr Check check{.suppressions = Fn};
};
template <void (*Fn)(const Step &, Report &)> struct OnStep<Fn> {
  static constexpr Check check{.step = Fn};
};
} // namespace detail

/// Makes a Check of a function: `on<&check>` where `check` takes
///   (const SomeOp &, const Step &, Report &)   for the steps of one op,
///   (const Step &, Report &)                   for all steps,
///   (const ChangeSet &, Report &)              for a finished change set,
///   (const FileReading &, Report &)            for a file, or
///   (const FileSuppressions &, Report &)       for the suppressions of a file, once applied.
template <auto Fn> inline constexpr Check on = detail::OnStep<Fn>::check;

/// Checks that call `Fn` for the steps of a few ops:
/// `.checks = onOps<&check, CreateTable, AddColumn>`.
template <void (*Fn)(const Step &, Report &), class... Ops>
inline constexpr std::array<Check, 6> onOps = {Check{.op = opIndex<Ops>(), .step = Fn}...};

/// Checks that call `Fn` for the steps of all ops that give a table one of these:
/// `.checks = onGiving<&check, Gives::columns, Gives::type>`.
template <void (*Fn)(const Step &, Report &), Gives... given>
inline constexpr std::array<Check, 6> onGiving = [] {
  std::array<Check, 6> checks{};
  size_t count = 0;
  for (size_t op = 0; op < opTraits().size(); ++op)
    if (((opTraits()[op].gives == given) || ...))
      checks.at(count++) = {.op = op, .step = Fn};
  return checks;
}();

/// A check that calls `Fn` for the change sets that hold one of a few ops, without which it has
/// nothing to say: `.checks = {onChangeSets<&check, CreateTable>}`.
template <void (*Fn)(const ChangeSet &, Report &), class... Ops>
inline constexpr Check onChangeSets{.change_set = Fn, .change_sets = OpSet::of<Ops...>()};

/// A check that calls `Fn` for the change sets with an op that gives a table one of these.
template <void (*Fn)(const ChangeSet &, Report &), Gives... given>
inline constexpr Check onChangeSetsGiving{.change_set = Fn,
                                          .change_sets = OpSet::giving<given...>()};

/// A number that the user may set for a rule, under its name in `options:` of the configuration.
struct RuleOption {
  std::string_view name;    ///< snake_case, with the unit: "migrations", "minutes".
  int64_t value = 0;        ///< Unless the user gives another one.
  int64_t least = 0;        ///< The smallest one that makes sense.
  std::string_view meaning; ///< A phrase: "migrations that may come between …".
};

/// A rule: plain data and functions without state. What needs memory is a fact of the timeline.
///
/// Steps whose op concerns only objects that are new in the change set, or temporary, are kept from
/// rules of the categories locking, compatibility and data-loss: nothing else can use them yet.
struct Rule {
  RuleId id;
  Category category = Category::hygiene;
  Severity severity = Severity::warning;
  Phase phase = Phase::none;
  Preset preset = Preset::recommended;
  /// Ids that the rule had, and those of other tools: "squawk:ban-drop-column".
  std::span<const std::string_view> aliases{};
  /// Ids of rules whose findings on the same op have the same cause and say less.
  std::span<const std::string_view> supersedes{};
  /// Also wants the steps that concern only new objects, whatever its category.
  bool on_new_objects = false;
  /// Silent, wholly or in part, where the execution model is unknown.
  bool needs_execution = false;
  std::span<const RuleOption> options{};
  std::array<Check, 6> checks{};
};

/// The rule's one-sentence summary: the first paragraph of its page.
[[nodiscard]] std::string_view summaryOf(std::string_view page);

} // namespace lockstep::engine
