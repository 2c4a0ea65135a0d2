#include "engine/definitions.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const ChangeSet &change_set, Report &report) {
  const Catalog &after = change_set.after;
  for (const StatementStep &step : change_set.statements)
    for (const Op &op : step.statement->ops)
      for (const AddedConstraint &added : constraintsAddedBy(op)) {
        if (added.constraint->kind != ConstraintKind::foreign_key)
          continue;
        const Relation *table = after.findRelation(*added.table);
        const Relation *referenced = after.findRelation(added.constraint->referenced);
        if (!table || !referenced)
          continue;
        std::vector<std::string> targets = added.constraint->referenced_columns;
        if (targets.empty() && referenced->primaryKey())
          targets = referenced->primaryKey()->columns;
        for (size_t i = 0; i < added.constraint->columns.size() && i < targets.size(); ++i) {
          const Column *column = table->findColumn(added.constraint->columns[i]);
          const Column *target = referenced->findColumn(targets[i]);
          if (!column || !target || column->type.empty() || target->type.empty() ||
              column->type.name == target->type.name)
            continue;
          report
              .addAt(
                  step, added.constraint->where,
                  format("'{}.{}' is {} and references '{}.{}', which is {}: the smaller one runs "
                         "out first, or the index is not used",
                         shown(*table), column->name, sqlType(column->type), shown(*referenced),
                         target->name, sqlType(target->type)))
              .object(table->qualifiedName())
              .help("give both the same type");
        }
      }
}

static constexpr std::string_view aliases[] = {"strong_migrations:mismatched_foreign_key_type"};

extern constexpr Rule foreign_key_type_mismatch{
    .id = "foreign-key-type-mismatch",
    .category = Category::style,
    .severity = Severity::error,
    .preset = Preset::all,
    .aliases = aliases,
    .checks = {onChangeSetsGiving<&check, Gives::columns, Gives::constraint>},
};

} // namespace lockstep::rules
