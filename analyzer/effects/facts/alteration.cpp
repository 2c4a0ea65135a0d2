#include "effects/facts/alteration.hpp"

#include "effects/facts/new_column.hpp"
#include "effects/facts/type_change.hpp"

namespace lockstep::effects {

template <class Operation, class Match> const Operation *Alteration::findOp(Match &&match) const {
  for (const Op &op : statement_.ops)
    if (const auto *found = std::get_if<Operation>(&op))
      if (match(*found))
        return found;
  return nullptr;
}

const AddColumn *Alteration::addedColumn(std::string_view column) const {
  return findOp<AddColumn>([&](const AddColumn &op) { return op.column.name == column; });
}

bool Alteration::dropsConstraint(std::string_view constraint) const {
  return findOp<DropConstraint>(
      [&](const DropConstraint &op) { return op.constraint == constraint; });
}

bool Alteration::dropsColumn(std::string_view column) const {
  return findOp<DropColumn>([&](const DropColumn &op) { return op.column == column; });
}

const ConstraintDef *Alteration::addedConstraint(std::string_view constraint) const {
  const auto *op = findOp<AddConstraint>(
      [&](const AddConstraint &add) { return add.constraint.name == constraint; });
  return op ? &op->constraint : nullptr;
}

bool Alteration::rewrites() const {
  if (rewrites_)
    return *rewrites_;
  const auto rewritesByType = [&](const AlterColumnType &op) {
    const Relation *table = catalog_.findRelation(op.target.relation);
    const Column *column = table ? table->findColumn(op.column) : nullptr;
    return !column || typeChange(*column, op, catalog_, options_).rewrites;
  };
  rewrites_ = findOp<AlterColumnType>(rewritesByType) ||
              findOp<AddColumn>([&](const AddColumn &op) {
                return newColumn(op.column, catalog_, options_.postgres).rewrite.has_value();
              }) ||
              findOp<AlterTableSetting>([](const AlterTableSetting &op) {
                return op.setting == TableSetting::logged || op.setting == TableSetting::unlogged;
              });
  return *rewrites_;
}

} // namespace lockstep::effects
