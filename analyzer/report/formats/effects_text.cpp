#include "report/formats/effects_text.hpp"

#include "base/text.hpp"
#include "effects/facts/blocks.hpp"
#include "report/escape.hpp"
#include "report/places.hpp"
#include "report/style.hpp"

#include <algorithm>
#include <map>

namespace lockstep::report {

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

/// What others wait for.
static std::string blocksText(LockMode mode) {
  Blocks blocked = blocksOf(mode);
  if (blocked.reads)
    return "blocks reads and writes";
  if (blocked.writes)
    return "blocks writes";
  return blocked.ddl ? "blocks schema changes" : "blocks no reads or writes";
}

static Severity weightOf(LockMode mode) {
  Blocks blocked = blocksOf(mode);
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

/// People read names without the schema that all of them are in.
static std::string shortName(std::string_view name) {
  constexpr std::string_view prefix = "public.";
  return printable(name.starts_with(prefix) ? name.substr(prefix.size()) : name);
}

static std::string listed(const std::vector<std::string> &names) {
  std::vector<std::string> shown;
  shown.reserve(names.size());
  for (const std::string &name : names)
    shown.push_back(shortName(name));
  return join(shown, ", ");
}

namespace {
/// A relation as a row of the report names it: with how many of its indexes are locked along.
struct ShownLock {
  const ReportedLock *lock = nullptr;
  size_t indexes = 0;
};
} // namespace

/// The locks, strongest first. An index is counted with its table where that is locked at least as
/// strongly.
static std::vector<ShownLock> shownLocks(const StatementReport &statement) {
  std::vector<ShownLock> shown;
  const auto tableOf = [&](const ReportedLock &lock) {
    return std::find_if(shown.begin(), shown.end(), [&](const ShownLock &table) {
      return table.lock->relation == lock.index_of && table.lock->mode >= lock.mode;
    });
  };
  for (const ReportedLock &lock : statement.locks)
    if (lock.index_of.empty())
      shown.push_back({&lock});
  for (const ReportedLock &lock : statement.locks) {
    if (lock.index_of.empty())
      continue;
    if (const auto table = tableOf(lock); table != shown.end())
      ++table->indexes;
    else
      shown.push_back({&lock});
  }
  std::stable_sort(shown.begin(), shown.end(), [](const ShownLock &a, const ShownLock &b) {
    return a.lock->mode > b.lock->mode;
  });
  return shown;
}

static std::string nameOf(const ShownLock &shown) {
  std::string name = shortName(shown.lock->relation);
  if (shown.indexes > 0)
    name += " (and " +
            (shown.indexes == 1 ? "1 index" : std::to_string(shown.indexes) + " indexes") + ")";
  return name;
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
    summary();
    return std::move(text_);
  }

private:
  void summary() {
    const std::vector<StatementReport> &statements = result_.statements;
    text_ += plural(statements.size(), "statement") + " on PostgreSQL " +
             std::to_string(result_.postgres);
    if (result_.unanalyzed > 0)
      text_ += ", " + std::to_string(result_.unanalyzed) + " not analysed";
    const auto count = [&](std::string_view what, auto &&holds) {
      const auto number = std::count_if(statements.begin(), statements.end(), holds);
      if (number > 0)
        text_ += "; " + std::to_string(number) + " " + std::string(what);
    };
    const auto strongest = [](const StatementReport &statement) {
      LockMode mode = LockMode::none;
      for (const ReportedLock &lock : statement.locks)
        mode = std::max(mode, lock.mode);
      return blocksOf(mode);
    };
    count("blocking reads and writes",
          [&](const StatementReport &each) { return strongest(each).reads; });
    count("blocking writes", [&](const StatementReport &each) {
      return strongest(each).writes && !strongest(each).reads;
    });
    count("rewriting a table", [](const StatementReport &each) { return !each.rewrites.empty(); });
    text_ += "\n";
  }

  void unit(std::span<const StatementReport> statements) {
    const StatementReport &first = statements.front();
    text_ += style_.bold(printablePath(first.file)) + "  unit " + std::to_string(first.unit) +
             ", " + first.execution + "\n";
    for (size_t begin = 0; begin < statements.size();) {
      size_t end = begin;
      while (end < statements.size() &&
             statements[end].transaction == statements[begin].transaction)
        ++end;
      transaction(statements.subspan(begin, end - begin));
      begin = end;
    }
    text_ += "\n";
  }

  void row(std::string_view words) { text_ += "        " + std::string(words) + "\n"; }

  [[nodiscard]] std::string lineOf(const StatementReport &statement) {
    return std::to_string(places_.span(statement.file, statement.range).start.line);
  }
  [[nodiscard]] std::string margin(const StatementReport &statement) {
    std::string line = lineOf(statement);
    line.insert(0, line.size() < 6 ? 6 - line.size() : 0, ' ');
    return style_.accent(line) + "  ";
  }

  void oneStatement(const StatementReport &statement, bool tells_end) {
    text_ += margin(statement) + cut(printable(statement.sql), longest_sql) + "\n";
    locks(shownLocks(statement));
    if (!statement.rewrites.empty())
      row(style_.severity(Severity::error, "rewrites") + " " + listed(statement.rewrites));
    if (!statement.scans.empty())
      row(style_.severity(Severity::warning, "reads all of") + " " + listed(statement.scans));
    if (!statement.index_builds.empty())
      row("builds " + listed(statement.index_builds));
    if (!statement.in_transaction)
      row("refused in a transaction block");
    if (tells_end && !statement.locks.empty())
      row("held until " + untilText(statement));
    for (const std::string &proof : statement.proofs)
      row("proved: " + printable(proof));
    for (const std::string &assumption : statement.assumptions)
      row("assuming: " + printable(assumption));
  }

  /// A row for each mode: what it is, what it blocks, on which relations.
  void locks(const std::vector<ShownLock> &shown) {
    size_t mode_width = 0, blocks_width = 0;
    for (const ShownLock &each : shown) {
      mode_width = std::max(mode_width, name(each.lock->mode).size());
      blocks_width = std::max(blocks_width, blocksText(each.lock->mode).size());
    }
    for (size_t begin = 0; begin < shown.size();) {
      const LockMode mode = shown[begin].lock->mode;
      std::vector<std::string> names;
      size_t end = begin;
      for (; end < shown.size() && shown[end].lock->mode == mode; ++end)
        names.push_back(nameOf(shown[end]));
      row(style_.severity(weightOf(mode), padded(name(mode), mode_width)) + "  " +
          padded(blocksText(mode), blocks_width) + "  " + join(names, ", "));
      begin = end;
    }
  }

  void transaction(std::span<const StatementReport> statements) {
    const HeldUntil until = statements.front().held_until;
    const bool ends_together =
        statements.size() > 1 &&
        std::all_of(statements.begin(), statements.end(),
                    [&](const StatementReport &each) { return each.held_until == until; });
    for (const StatementReport &statement : statements)
      oneStatement(statement, !ends_together);
    if (ends_together)
      timeline(statements);
  }

  /// Which locks pile up that others notice, from which line on, and what takes time under them.
  void timeline(std::span<const StatementReport> statements) {
    struct Step {
      size_t since = 0;
      LockMode mode = LockMode::none;
      std::vector<std::string> names;
    };
    std::map<std::string, LockMode> held;
    std::vector<Step> steps;
    for (size_t i = 0; i < statements.size(); ++i)
      for (const ShownLock &each : shownLocks(statements[i])) {
        LockMode &mode = held[each.lock->relation];
        if (mode >= each.lock->mode)
          continue;
        mode = each.lock->mode;
        if (!blocksOf(mode).ddl)
          continue;
        if (steps.empty() || steps.back().since != i || steps.back().mode != mode)
          steps.push_back({i, mode, {}});
        steps.back().names.push_back(shortName(each.lock->relation));
      }
    if (held.empty())
      return;
    text_ += "  locks are held until " + untilText(statements.front()) +
             (steps.empty() ? "; none blocks reads, writes or schema changes\n" : ":\n");
    size_t mode_width = 0;
    for (const Step &step : steps)
      mode_width = std::max(mode_width, name(step.mode).size());
    for (const Step &step : steps) {
      const size_t later = statements.size() - step.since - 1;
      text_ += margin(statements[step.since]) +
               style_.severity(weightOf(step.mode), padded(name(step.mode), mode_width)) + "  " +
               join(step.names, ", ");
      if (later > 0)
        text_ += ", during " + plural(later, "more statement");
      text_ += '\n';
    }
    if (!steps.empty())
      workUnder(statements.subspan(steps.front().since));
  }

  /// What grows with the rows while the first of the locks is held.
  void workUnder(std::span<const StatementReport> statements) {
    std::string rows;
    for (const StatementReport &statement : statements) {
      std::vector<std::string> words;
      if (!statement.rewrites.empty())
        words.push_back("rewrites " + listed(statement.rewrites));
      else if (!statement.scans.empty())
        words.push_back("reads all of " + listed(statement.scans));
      if (!statement.index_builds.empty())
        words.push_back("builds " + listed(statement.index_builds));
      if (words.empty() && statement.duration == Duration::rows)
        words.emplace_back("reads or changes rows");
      if (!words.empty())
        rows += margin(statement) + join(words, ", ") + "\n";
    }
    if (!rows.empty())
      text_ += "  what takes time meanwhile:\n" + rows;
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

} // namespace lockstep::report
