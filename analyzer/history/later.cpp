#include "history/later.hpp"

#include <algorithm>

namespace lockstep::history {

LaterStatements::LaterStatements(const std::deque<StatementStep> &statements)
    : size_(statements.size()) {
  for (const StatementStep &step : statements) {
    const auto add = [&](ByName &to, const QualifiedName &written) {
      const QualifiedName name = step.before.resolve(written);
      to[{name.schema, name.name}].push_back(&step);
    };
    for (const Op &op : step.statement->ops) {
      if (const auto *table = std::get_if<CreateTable>(&op)) {
        if (table->partition_of.empty())
          add(creations_, table->table);
      } else if (const auto *grant = std::get_if<Grant>(&op); grant && grant->is_grant) {
        for (const QualifiedName &name : grant->names)
          add(grants_, name);
      }
    }
  }
}

const StatementStep *LaterStatements::firstAfter(const ByName &statements,
                                                 const StatementStep &step,
                                                 const QualifiedName &name) {
  const auto named = statements.find({name.schema, name.name});
  if (named == statements.end())
    return nullptr;
  const auto later = std::upper_bound(
      named->second.begin(), named->second.end(), step.number,
      [](uint32_t before, const StatementStep *other) { return before < other->number; });
  return later == named->second.end() ? nullptr : *later;
}

} // namespace lockstep::history
