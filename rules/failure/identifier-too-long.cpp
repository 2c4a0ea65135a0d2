#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// PostgreSQL's NAMEDATALEN without the byte at the end.
static constexpr size_t longest = 63;

/// The identifier that ends at the end of `where`, as the file spells it, without quotes.
static std::string_view writtenName(Range where, const Step &step) {
  std::string_view text = trim(step.at.source->slice(where));
  if (text.ends_with('"')) {
    size_t begin = text.rfind('"', text.size() - 2);
    return begin == text.npos ? std::string_view()
                              : text.substr(begin + 1, text.size() - begin - 2);
  }
  size_t dot = text.rfind('.');
  return dot == text.npos ? text : trim(text.substr(dot + 1));
}

static void checkName(std::string_view name, Range where, const Step &step, Report &report) {
  // The parser has cut it already.
  if (name.size() < longest - 3 || name.size() > longest || !step.at.source)
    return;
  std::string_view written = writtenName(where, step);
  if (written.size() <= longest || !toLowerAscii(written).starts_with(toLowerAscii(name)))
    return;
  report
      .add(where, "this name has {} bytes; PostgreSQL cuts it to '{}'",
           std::to_string(written.size()), name)
      .help("choose a name of at most 63 bytes");
}

/// A name that stands somewhere in the op.
static void findName(std::string_view name, Range within, const Step &step, Report &report) {
  if (name.size() < longest - 3 || !step.at.source)
    return;
  const std::string text = toLowerAscii(step.at.source->slice(within));
  const size_t at = text.find(toLowerAscii(name));
  if (at == text.npos)
    return;
  size_t end = at + name.size();
  while (end < text.size() && (text[end] == '_' || (text[end] >= 'a' && text[end] <= 'z') ||
                               (text[end] >= '0' && text[end] <= '9')))
    ++end;
  const auto begin = static_cast<uint32_t>(within.begin + at);
  checkName(name, Range{begin, static_cast<uint32_t>(within.begin + end)}, step, report);
}

static void checkTable(const CreateTable &op, const Step &step, Report &report) {
  checkName(op.table.name, op.table.where, step, report);
  for (const ColumnDef &column : op.columns)
    checkName(column.name, column.name_where, step, report);
  for (const ConstraintDef &constraint : op.constraints)
    findName(constraint.name, constraint.where, step, report);
}

static void checkColumn(const AddColumn &op, const Step &step, Report &report) {
  checkName(op.column.name, op.column.name_where, step, report);
}

static void checkConstraint(const AddConstraint &op, const Step &step, Report &report) {
  findName(op.constraint.name, op.where, step, report);
}

static void checkIndex(const CreateIndex &op, const Step &step, Report &report) {
  findName(op.name, op.where, step, report);
}

static void checkRename(const RenameObject &op, const Step &step, Report &report) {
  findName(op.new_name, op.where, step, report);
}

static constexpr std::string_view aliases[] = {"squawk:identifier-too-long"};

extern constexpr Rule identifier_too_long{
    .id = "identifier-too-long",
    .category = Category::failure,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .aliases = aliases,
    .checks = {on<&checkTable>, on<&checkColumn>, on<&checkConstraint>, on<&checkIndex>,
               on<&checkRename>},
};

} // namespace lockstep::rules
