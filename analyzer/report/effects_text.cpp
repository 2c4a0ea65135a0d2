#include "base/text.hpp"
#include "report/effects_report.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"
#include "report/style.hpp"

#include <algorithm>
#include <map>

namespace lockstep {

static constexpr size_t longest_sql = 78; ///< Columns.

static std::string cut(std::string_view text, size_t columns) {
  std::string shown;
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    uint32_t bytes = decodeUtf8(text, at).bytes;
    width += displayWidth(text.substr(at, bytes));
    if (width > columns)
      return shown + "…";
    shown += text.substr(at, bytes);
    at += bytes;
  }
  return shown;
}

static std::string padded(std::string_view text, size_t width) {
  size_t own = displayWidth(text);
  return std::string(text) + std::string(own < width ? width - own : 0, ' ');
}

/// "reads, writes": what others wait for.
static std::string blocksText(LockMode mode) {
  Blocked blocked = blocksOf(mode);
  if (blocked.reads)
    return "blocks reads and writes";
  if (blocked.writes)
    return "blocks writes";
  return blocked.ddl ? "blocks schema changes" : "blocks no reads or writes";
}

static Severity weightOf(LockMode mode) {
  Blocked blocked = blocksOf(mode);
  return blocked.reads ? Severity::error : blocked.writes ? Severity::warning : Severity::info;
}

static std::string untilText(const StatementReport &statement) {
  switch (statement.held_until) {
  case HeldUntil::statement:
    return "the statement's end";
  case HeldUntil::transaction:
    return "the end of transaction " + std::to_string(statement.transaction);
  case HeldUntil::unit:
    return "the end of the file";
  case HeldUntil::change_set:
    return "the end of the whole deploy";
  case HeldUntil::unknown:
    return "the end of the statement or of the file: the execution model is not known";
  }
  return "";
}

static std::string listed(const std::vector<std::string> &names) {
  std::vector<std::string> shown;
  for (const std::string &name : names)
    shown.push_back(printable(name));
  return join(shown, ", ");
}

namespace {
class EffectsWriter {
public:
  EffectsWriter(const EffectsResult &result, const ReportContext &context)
      : result_(result), places_(result.sources), style_(context.color) {}

  std::string write() {
    const std::vector<StatementReport> &statements = result_.statements;
    for (size_t begin = 0; begin < statements.size();) {
      size_t end = begin;
      while (end < statements.size() && statements[end].unit == statements[begin].unit &&
             statements[end].file == statements[begin].file)
        ++end;
      unit({&statements[begin], end - begin});
      begin = end;
    }
    for (const Notice &notice : result_.notices)
      text_ += (notice.file.empty() ? "" : placeText(places_, notice.file, notice.range) + ": ") +
               style_.accent("notice:") + " " + printable(notice.message) + "\n";
    text_ += plural(statements.size(), "statement") + " on PostgreSQL " +
             std::to_string(result_.postgres);
    if (result_.unanalyzed > 0)
      text_ += ", " + std::to_string(result_.unanalyzed) + " not analysed";
    text_ += "\n";
    return std::move(text_);
  }

private:
  void unit(std::span<const StatementReport> statements) {
    const StatementReport &first = statements.front();
    text_ += style_.bold(printable(first.file)) + "  unit " + std::to_string(first.unit) + ", " +
             first.execution + "\n";
    for (const StatementReport &statement : statements)
      oneStatement(statement);
    timeline(statements);
    text_ += "\n";
  }

  void row(std::string_view words) { text_ += "        " + std::string(words) + "\n"; }

  void oneStatement(const StatementReport &statement) {
    std::string line = std::to_string(places_.span(statement.file, statement.range).start.line);
    line.insert(0, line.size() < 6 ? 6 - line.size() : 0, ' ');
    text_ += style_.accent(line) + "  " + cut(printable(statement.sql), longest_sql) + "\n";

    size_t relation_width = 0, mode_width = 0;
    for (const ReportedLock &lock : statement.locks) {
      relation_width = std::max(relation_width, displayWidth(printable(lock.relation)));
      mode_width = std::max(mode_width, name(lock.mode).size());
    }
    for (const ReportedLock &lock : statement.locks)
      row(style_.severity(weightOf(lock.mode), padded(name(lock.mode), mode_width)) + "  " +
          padded(printable(lock.relation), relation_width) + "  " + blocksText(lock.mode));
    if (!statement.rewrites.empty())
      row(style_.severity(Severity::error, "rewrites") + " " + listed(statement.rewrites));
    if (!statement.scans.empty())
      row(style_.severity(Severity::warning, "scans") + " " + listed(statement.scans));
    if (!statement.index_builds.empty())
      row("builds " + listed(statement.index_builds));
    if (!statement.in_transaction)
      row("refused in a transaction block");
    if (!statement.locks.empty())
      row("held until " + untilText(statement));
    for (const std::string &proof : statement.proofs)
      row("proved: " + printable(proof));
    for (const std::string &assumption : statement.assumptions)
      row("assuming: " + printable(assumption));
  }

  /// For each transaction of several statements: which relation is locked from which line on.
  void timeline(std::span<const StatementReport> statements) {
    for (size_t begin = 0; begin < statements.size();) {
      size_t end = begin;
      while (end < statements.size() &&
             statements[end].transaction == statements[begin].transaction)
        ++end;
      if (end - begin > 1)
        transaction(statements.subspan(begin, end - begin));
      begin = end;
    }
  }

  void transaction(std::span<const StatementReport> statements) {
    struct Held {
      size_t since = 0;
      LockMode mode = LockMode::none;
    };
    std::map<std::string, std::vector<Held>> held;
    for (size_t i = 0; i < statements.size(); ++i) {
      for (const ReportedLock &lock : statements[i].locks) {
        std::vector<Held> &steps = held[lock.relation];
        if (steps.empty() || steps.back().mode < lock.mode)
          steps.push_back({i, lock.mode});
      }
    }
    if (held.empty())
      return;
    size_t width = 0;
    for (const auto &[relation, steps] : held)
      width = std::max(width, displayWidth(printable(relation)));
    text_ += "  locked until " + untilText(statements.front()) + ":\n";
    for (const auto &[relation, steps] : held) {
      std::string words;
      for (const Held &step : steps) {
        const StatementReport &since = statements[step.since];
        size_t later = statements.size() - step.since - 1;
        words += words.empty() ? "" : ", then ";
        words += style_.severity(weightOf(step.mode), name(step.mode)) + " from line " +
                 std::to_string(places_.span(since.file, since.range).start.line) + " on (" +
                 plural(later, "more statement") + ")";
      }
      row(padded(printable(relation), width) + "  " + words);
    }
  }

  const EffectsResult &result_;
  Places places_;
  Style style_;
  std::string text_;
};
} // namespace

std::string renderEffectsText(const EffectsResult &result, const ReportContext &context) {
  return EffectsWriter(result, context).write();
}

} // namespace lockstep
