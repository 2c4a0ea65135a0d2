#include "engine/report.hpp"

#include <cassert>

namespace lockstep::engine {

FindingBuilder &FindingBuilder::label(Range where, std::string message) {
  entry_.finding.related.push_back({std::move(message), entry_.finding.file, where});
  return *this;
}

FindingBuilder &FindingBuilder::label(const Origin &origin, std::string message) {
  const MigrationFile *file = step_ ? step_->history->fileOf(origin) : nullptr;
  if (file)
    entry_.finding.related.push_back({std::move(message), file->path, origin.where});
  return *this;
}

FindingBuilder &FindingBuilder::object(std::string qualified_name) {
  entry_.finding.objects.push_back(std::move(qualified_name));
  return *this;
}

FindingBuilder &FindingBuilder::severity(Severity severity) {
  entry_.adjusted = severity;
  return *this;
}

FindingBuilder &FindingBuilder::fix(Fix fix) {
  entry_.finding.fixes.push_back(std::move(fix));
  return *this;
}

FindingBuilder &FindingBuilder::fix(std::string title, FixSafety safety, Edit edit) {
  Fix &fix = entry_.finding.fixes.emplace_back();
  fix.title = std::move(title);
  fix.safety = safety;
  fix.edits.push_back(std::move(edit));
  return *this;
}

FindingBuilder &FindingBuilder::assuming(std::string assumption) {
  entry_.finding.assumptions.push_back(std::move(assumption));
  return *this;
}

FindingBuilder &FindingBuilder::sized(const Effects &effects) {
  if (settings_.tables.empty())
    return *this;
  std::string telling;
  entry_.size = settings_.tables.of(effects, telling);
  if (entry_.size == SizeClass::unknown)
    return *this;
  entry_.finding.message += "; " + settings_.tables.describe(telling);
  return *this;
}

ReportEntry &Report::newEntry(Range where, std::string message) {
  ReportEntry &entry = entries_.emplace_back();
  entry.rule = rule_;
  entry.finding.rule = rule_->id.text;
  entry.finding.category = rule_->category;
  entry.finding.severity = rule_->severity;
  entry.finding.phase = rule_->phase;
  entry.finding.range = where;
  entry.finding.message = std::move(message);
  return entry;
}

FindingBuilder Report::add(Range where, std::string message) {
  if (step_) {
    FindingBuilder builder = addAt(step_->at, where, std::move(message));
    entries_.back().op = step_->index;
    entries_.back().finding.assumptions = step_->effects.assumptions;
    if (rule_->category == Category::locking)
      builder.sized(step_->effects);
    return builder;
  }
  assert(file_ && "a change set's check reports at a statement: addAt()");
  ReportEntry &entry = newEntry(where, std::move(message));
  entry.source = file_->source;
  entry.finding.file = file_->file->path;
  entry.finding.migration = file_->migration->version;
  entry.finding.statement = where;
  return FindingBuilder(entry, nullptr, *settings_);
}

FindingBuilder Report::addAt(const StatementStep &step, Range where, std::string message) {
  ReportEntry &entry = newEntry(where, std::move(message));
  entry.statement = step.number;
  entry.source = step.source;
  entry.finding.file = step.file->path;
  entry.finding.migration = step.migration->version;
  entry.finding.statement = step.statement->range;
  entry.finding.statement_kind = step.statement->kind;
  return FindingBuilder(entry, &step, *settings_);
}

} // namespace lockstep::engine
