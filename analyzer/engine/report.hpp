#pragma once
#include "base/pg/feature.hpp"
#include "base/text.hpp"
#include "engine/layer.hpp"
#include "engine/rule.hpp"
#include "engine/rule_options.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// A finding with what the engine needs to drop superseded ones.
struct ReportEntry {
  Finding finding;
  std::shared_ptr<const SourceFile> source; ///< Of its file.
  const Rule *rule = nullptr;
  uint32_t statement = 0; ///< StatementStep::number; 0: none.
  size_t op = 0;
  Severity adjusted = Severity::off;   ///< Set by FindingBuilder::severity; off: not adjusted.
  SizeClass size = SizeClass::unknown; ///< Of the tables whose size makes it grave or harmless.
};

/// A finding on its way: adds to the one that Report::add made. Valid until the next add.
class FindingBuilder {
public:
  FindingBuilder(ReportEntry &entry, const StatementStep *step, const RuleSettings &settings)
      : entry_(entry), step_(step), settings_(settings) {}

  /// What to do instead.
  template <class... Args> FindingBuilder &help(std::string_view pattern, const Args &...args) {
    entry_.finding.help = format(pattern, args...);
    return *this;
  }
  /// A further place in the same file.
  FindingBuilder &label(Range where, std::string message);
  /// The place where an object was defined; nothing for objects of the base schema.
  FindingBuilder &label(const Origin &origin, std::string message);
  /// A qualified name that the finding is about.
  FindingBuilder &object(std::string qualified_name);
  /// Lowers (or raises) the rule's default severity for this finding.
  FindingBuilder &severity(Severity severity);
  FindingBuilder &fix(Fix fix);
  /// The same for a fix that is one edit.
  FindingBuilder &fix(std::string title, FixSafety safety, Edit edit);
  FindingBuilder &assuming(std::string assumption);
  /// Lets the severity follow the size of the tables that the effects go through, and tells it.
  /// What a rule of the category locking reports at a step has this already.
  FindingBuilder &sized(const Effects &effects);

private:
  ReportEntry &entry_;
  const StatementStep *step_;
  const RuleSettings &settings_;
};

/// Takes what a rule has to say. Knows the rule, the step and the file at hand, so that a rule only
/// gives place and words.
class Report {
public:
  /// A finding at `where` in the file at hand. Each "{}" of the pattern is filled by an argument.
  template <class... Args>
  FindingBuilder add(Range where, std::string_view pattern, const Args &...args) {
    return add(where, format(pattern, args...));
  }
  FindingBuilder add(Range where, std::string message);
  /// A finding of a change-set check, at a statement of it.
  FindingBuilder addAt(const StatementStep &step, Range where, std::string message);

  /// PostgreSQL version that is being checked.
  [[nodiscard]] int postgres() const { return postgres_; }
  /// The value of one of the rule's own options.
  [[nodiscard]] int64_t option(const RuleOption &option) const {
    return settings_->options.of(*rule_, option);
  }

private:
  friend class Runner;
  ReportEntry &newEntry(Range where, std::string message);

  std::vector<ReportEntry> entries_;
  const Rule *rule_ = nullptr;
  const Step *step_ = nullptr;
  const FileReading *file_ = nullptr;
  int postgres_ = 0;
  const RuleSettings *settings_ = nullptr;
};

} // namespace lockstep::engine
