#include "catalog/definition.hpp"
#include "catalog/not_null.hpp"
#include "report/schema/sql_script.hpp"

namespace lockstep {

static void attach(SqlScript &script, const Relation &index) {
  if (const Relation *parent = script.catalog().relation(index.index->parent))
    script.add(SqlPhase::constraints, "ALTER INDEX " + parent->qualifiedName() +
                                          " ATTACH PARTITION " + index.qualifiedName());
}

void emitIndexes(SqlScript &script, const Relation &table) {
  for (const Relation *index : script.catalog().indexesOf(table)) {
    if (!index->index || index->partial)
      continue;
    const Constraint *constraint =
        index->index->constraint.empty() ? nullptr : table.findConstraint(index->index->constraint);
    if (!constraint)
      script.add(SqlPhase::indexes, indexDefinition(script.catalog(), *index), table.search_path);
    else if (!standsInTable(table, *constraint))
      script.add(SqlPhase::indexes,
                 "ALTER TABLE ONLY " + table.qualifiedName() + " ADD " +
                     constraintClause(script, *constraint),
                 table.search_path);
    attach(script, *index);
  }
}

void emitConstraints(SqlScript &script, const Relation &table) {
  for (const Constraint &constraint : table.constraints) {
    if (constraint.name.empty() || standsInTable(table, constraint))
      continue;
    const std::string add = " ADD " + constraintClause(script, constraint);
    const bool is_own = constraint.is_local || constraint.inherited == 0;
    if (constraint.kind == ConstraintKind::foreign_key && is_own) {
      // A table that this history did not make is not there to refer to.
      const Relation *referenced = script.catalog().relation(constraint.referenced);
      const bool is_there = referenced && !isForeignToHistory(*referenced);
      const std::string alter =
          table.kind == RelationKind::partitioned_table ? "ALTER TABLE " : "ALTER TABLE ONLY ";
      script.add(SqlPhase::constraints,
                 (is_there ? "" : "-- ") + alter + table.qualifiedName() + add);
    }
    if (constraint.kind == ConstraintKind::check && is_own)
      script.add(SqlPhase::constraints, "ALTER TABLE " + table.qualifiedName() + add,
                 table.search_path);
    if (constraint.kind == ConstraintKind::not_null && is_own && !constraint.valid)
      script.add(SqlPhase::constraints, "ALTER TABLE " + table.qualifiedName() + add);
  }
}

} // namespace lockstep
