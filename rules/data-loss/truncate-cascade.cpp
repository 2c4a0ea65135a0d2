#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// The tables that go along: all that reference a truncated one, and so on.
static std::vector<std::string> truncatedAlong(const Truncate &op, const Step &step) {
  std::vector<const Relation *> open;
  for (const QualifiedName &name : op.tables)
    if (const Relation *table = step.before().findRelation(name))
      open.push_back(table);
  const size_t named = open.size();
  for (size_t i = 0; i < open.size(); ++i)
    for (const Catalog::ForeignKey &key : step.before().foreignKeysTo(*open[i]))
      if (std::find(open.begin(), open.end(), key.table) == open.end())
        open.push_back(key.table);
  std::vector<std::string> names;
  for (size_t i = named; i < open.size(); ++i)
    if (!step.at.isNew(*open[i]))
      names.push_back(shown(*open[i]));
  return names;
}

static void check(const Truncate &op, const Step &step, Report &report) {
  if (!op.cascade)
    return;
  std::vector<std::string> along = truncatedAlong(op, step);
  bool known = std::all_of(op.tables.begin(), op.tables.end(), [&](const QualifiedName &name) {
    const Relation *table = step.before().findRelation(name);
    return table && !table->partial;
  });
  if (along.empty() && known && !step.before().incompleteSince())
    return;
  std::vector<std::string> names;
  for (const QualifiedName &name : op.tables)
    names.push_back(shown(name));
  FindingBuilder finding = report.add(
      op.where, "TRUNCATE … CASCADE of {} also deletes all rows of {}; {}", listed(names),
      along.empty() ? std::string("every table that references it") : listed(along),
      lockPhrase(step.at, LockMode::access_exclusive));
  for (const QualifiedName &name : op.tables)
    finding.object(fullName(step, name));
  finding.help("name each table that is to be emptied, or delete the rows that must go in batches");
}

static constexpr std::string_view aliases[] = {"squawk:ban-truncate-cascade",
                                               "pgls:banTruncateCascade"};

static constexpr std::string_view supersedes[] = {"truncate"};

extern constexpr Rule truncate_cascade{
    .id = "truncate-cascade",
    .category = Category::data_loss,
    .severity = Severity::error,
    .aliases = aliases,
    .supersedes = supersedes,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
