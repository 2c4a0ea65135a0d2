#include "history/formats/liquibase_layout.hpp"

#include "history/reading/placeholders.hpp"
#include "history/reading/scan.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>

namespace lockstep::history {

// AbstractFormattedChangeLogParser: "--changeset author:id attribute:value …". Each change-set is a
// transaction of its own; runInTransaction:false runs its statements one by one, or, with
// splitStatements:false, in one message that the driver turns into a pipeline (liquibase#3806).

/// What follows `word` in a "--word …" or "-- word …" line.
static std::optional<std::string_view> directiveOf(std::string_view line, std::string_view word) {
  std::optional<std::string_view> comment = lineComment(trim(line));
  return comment ? afterWord(*comment, word) : std::nullopt;
}

bool isLiquibaseHeader(std::string_view line) {
  std::optional<std::string_view> rest = directiveOf(line, "liquibase");
  return rest && rest->size() >= 9 && equalsIgnoringCase(rest->substr(0, 9), "formatted");
}

/// The value of an attribute, without quotes; empty where it is not given.
static std::string_view attribute(std::string_view attributes, std::string_view name) {
  std::string lower = toLowerAscii(attributes);
  std::string key = ' ' + toLowerAscii(name) + ':';
  size_t at = lower.find(key);
  if (at == std::string::npos)
    return {};
  std::string_view value = attributes.substr(at + key.size());
  if (value.starts_with('"'))
    return value.substr(1, value.find('"', 1) - 1);
  return value.substr(0, value.find_first_of(" \t"));
}

static bool isFalse(std::string_view value) { return equalsIgnoringCase(value, "false"); }

/// Whether a change-set with this `dbms` runs on PostgreSQL: "postgresql, h2", "!oracle", "all".
static bool runsOnPostgres(std::string_view dbms) {
  bool any_positive = false;
  for (std::string_view word : split(dbms, ',')) {
    word = trim(word);
    if (equalsIgnoringCase(word, "postgresql") || equalsIgnoringCase(word, "all"))
      return true;
    if (equalsIgnoringCase(word, "!postgresql") || equalsIgnoringCase(word, "none"))
      return false;
    any_positive = any_positive || (!word.empty() && !word.starts_with('!'));
  }
  return !any_positive;
}

/// "author:id" without quotes, which either part may have.
static std::string nameOf(std::string_view rest) {
  std::string name;
  bool quoted = false;
  for (char c : rest) {
    if (!quoted && (c == ' ' || c == '\t') && name.find(':') != std::string::npos &&
        !name.ends_with(':'))
      break;
    if (c == '"')
      quoted = !quoted;
    else if (quoted || (c != ' ' && c != '\t'))
      name += c;
  }
  return name;
}

namespace {
/// Builds the layout line by line.
class Layout {
public:
  Layout(std::string_view text, Unit model) : text_(text), model_(std::move(model)) {}

  void line(Range range);
  FileLayout finish();

private:
  void beginChangeSet(Range range, std::string_view rest);
  void beginUnit(uint32_t at, Direction direction);
  void endUnit(uint32_t at);
  void rollbackLine(Range range, std::string_view content);
  void maskDelimiter(std::string_view content);

  std::string_view text_;
  Unit model_;      ///< Of the file.
  Unit change_set_; ///< Of the change-set at hand.
  std::string_view delimiter_;
  bool inside_ = false;       ///< Inside a change-set that runs.
  bool skips_ = false;        ///< Inside a change-set that does not run.
  uint32_t skipped_from_ = 0; ///< Where that begins.
  bool block_ = false;        ///< Inside "/* liquibase rollback".
  FileLayout layout_;
};
} // namespace

void Layout::beginUnit(uint32_t at, Direction direction) {
  Unit &unit = layout_.units.emplace_back(change_set_);
  unit.direction = direction;
  unit.section = {at, static_cast<uint32_t>(text_.size())};
}

void Layout::endUnit(uint32_t at) {
  if (inside_) {
    Unit &unit = layout_.units.back();
    unit.section.end = at;
    // The driver sends a text with one statement as that statement.
    if (unit.model == ExecutionModel::pipeline && holdsOneStatement(slice(text_, unit.section)))
      unit.model = ExecutionModel::autocommit;
  } else if (skips_ && skipped_from_ < at)
    layout_.masks.push_back({{skipped_from_, at}, ""});
}

void Layout::beginChangeSet(Range range, std::string_view rest) {
  endUnit(range.begin);
  change_set_ = model_;
  std::string_view split_statements = attribute(rest, "splitStatements");
  if (isFalse(attribute(rest, "runInTransaction"))) {
    change_set_.model =
        isFalse(split_statements) ? ExecutionModel::pipeline : ExecutionModel::autocommit;
    change_set_.model_reason = "runInTransaction:false";
    if (isFalse(split_statements))
      change_set_.model_reason += " with splitStatements:false";
  }
  change_set_.name = nameOf(rest);
  change_set_.repeatable = equalsIgnoringCase(attribute(rest, "runOnChange"), "true") ||
                           equalsIgnoringCase(attribute(rest, "runAlways"), "true");
  if (std::string lower = toLowerAscii(rest); lower.find(" runintransaction: ") != lower.npos ||
                                              lower.find(" runintransaction =") != lower.npos ||
                                              lower.find(" runintransaction=") != lower.npos)
    layout_.problems.push_back({range, "Liquibase does not see runInTransaction here",
                                "write runInTransaction:false, without blanks"});
  delimiter_ = attribute(rest, "endDelimiter");
  if (delimiter_.starts_with("\\n"))
    delimiter_.remove_prefix(2);
  inside_ = runsOnPostgres(attribute(rest, "dbms")) &&
            !equalsIgnoringCase(attribute(rest, "ignore"), "true");
  layout_.masks.push_back(separator(range));
  skips_ = !inside_;
  skipped_from_ = range.end;
  if (inside_)
    beginUnit(range.end, Direction::up);
}

/// "--rollback SQL": the SQL is the change-set's down unit.
void Layout::rollbackLine(Range range, std::string_view content) {
  bool is_first = layout_.units.back().direction == Direction::up;
  if (is_first) {
    endUnit(range.begin);
    beginUnit(range.begin, Direction::down);
  }
  auto begin = static_cast<uint32_t>(content.data() - text_.data());
  bool is_nothing = content.empty() || equalsIgnoringCase(content, "empty") ||
                    equalsIgnoringCase(content, "not required") ||
                    content.starts_with("changeSetId:");
  Range prefix{range.begin, is_nothing ? range.end : begin};
  layout_.masks.push_back({prefix, is_first && !prefix.empty() ? ";" : ""});
}

void Layout::maskDelimiter(std::string_view content) {
  std::string_view code = trim(content);
  if (delimiter_.empty() || delimiter_ == ";" || !code.ends_with(delimiter_))
    return;
  auto end = static_cast<uint32_t>(code.data() + code.size() - text_.data());
  layout_.masks.push_back({{end - static_cast<uint32_t>(delimiter_.size()), end}, ";"});
}

void Layout::line(Range range) {
  std::string_view content = slice(text_, range);
  if (std::optional<std::string_view> rest = directiveOf(content, "changeset")) {
    beginChangeSet(range, *rest);
    return;
  }
  if (!inside_)
    return;
  std::string_view code = trim(content);
  if (block_) {
    block_ = code.find("*/") == std::string_view::npos;
    if (!block_) {
      auto at = static_cast<uint32_t>(code.data() + code.find("*/") - text_.data());
      layout_.masks.push_back({{at, at + 2}, ""});
    }
    return;
  }
  if (std::optional<std::string_view> rest = directiveOf(content, "rollback")) {
    rollbackLine(range, *rest);
    return;
  }
  if (code.starts_with("/*") && afterWord(trim(code.substr(2)), "liquibase rollback")) {
    block_ = true;
    rollbackLine(range, "");
    return;
  }
  bool is_code = !code.empty() && !code.starts_with("--");
  if (is_code && layout_.units.back().direction == Direction::down) {
    endUnit(range.begin);
    beginUnit(range.begin, Direction::up);
  }
  maskDelimiter(content);
}

FileLayout Layout::finish() {
  endUnit(static_cast<uint32_t>(text_.size()));
  return std::move(layout_);
}

FileLayout liquibaseLayout(const History &history, const MigrationFile &file,
                           std::string_view text) {
  Unit model = wholeFile(history, file, text);
  Layout building(text, model);
  bool is_formatted = false;
  bool is_first = true;
  forEachLine(text, [&](Range range) {
    if (is_first)
      is_formatted =
          isLiquibaseHeader(slice(text, range)) ||
          isLiquibaseHeader(slice(text, range)
                                .substr(std::min<size_t>(
                                    range.size(), text.starts_with("\xEF\xBB\xBF") ? 3 : 0)));
    is_first = is_first && trim(slice(text, range)).empty();
    if (is_formatted)
      building.line(range);
  });
  FileLayout layout;
  if (is_formatted)
    layout = building.finish();
  else
    layout.units.push_back(std::move(model));
  maskPlaceholders(text, findPlaceholders(text, "${", "}"), layout);
  return layout;
}

} // namespace lockstep::history
