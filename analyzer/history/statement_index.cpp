#include "history/statement_index.hpp"

#include "catalog/model/state.hpp"

#include <algorithm>

namespace lockstep::history {

namespace {
/// The name of what an op would have made, or would have given a part to.
struct MadeName {
  std::string_view operator()(const CreateTable &op) const { return op.table.name; }
  std::string_view operator()(const CreateTableAs &op) const { return op.table.name; }
  std::string_view operator()(const CreateView &op) const { return op.view.name; }
  std::string_view operator()(const CreateIndex &op) const { return op.name; }
  std::string_view operator()(const CreateSequence &op) const { return op.sequence.name; }
  std::string_view operator()(const CreateSchema &op) const { return op.schema; }
  std::string_view operator()(const CreateEnum &op) const { return op.type.name; }
  std::string_view operator()(const CreateDomain &op) const { return op.domain.name; }
  std::string_view operator()(const CreateCompositeType &op) const { return op.type.name; }
  std::string_view operator()(const CreateBaseType &op) const { return op.type.name; }
  std::string_view operator()(const CreateFunction &op) const { return op.function.name; }
  std::string_view operator()(const CreateTrigger &op) const { return op.table.name; }
  std::string_view operator()(const CreatePolicy &op) const { return op.table.name; }
  std::string_view operator()(const AddColumn &op) const { return op.target.relation.name; }
  std::string_view operator()(const AddConstraint &op) const { return op.target.relation.name; }
  std::string_view operator()(const RenameObject &op) const {
    return op.part.empty() ? op.new_name : op.name.name;
  }
  /// What these make is not missed by its name.
  template <OneOf<CreateRule, CreateStatistics, CreateExtension, Publication, ObjectDdl> Kind>
  std::string_view operator()(const Kind &) const {
    return {};
  }
  template <NotAnswering<Existence::made> Kind> std::string_view operator()(const Kind &) const {
    return {};
  }
};
} // namespace

StatementIndex::StatementIndex(const ChangeSet &change_set)
    : change_set_(change_set), size_(change_set.statements.size()) {
  for (const StatementStep &step : change_set.statements) {
    if (step.in_transaction == Certainty::unknown)
      unsure_.try_emplace(step.unit, &step);
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
      } else if (const auto *drop = std::get_if<DropObject>(&op); drop && !drop->name.empty()) {
        add(drops_, drop->name);
      } else if (const auto *update = std::get_if<Update>(&op)) {
        addCopies(step, *update);
      }
      if (!step.result.refusals.empty())
        if (const std::string_view name = std::visit(MadeName{}, op); !name.empty())
          refused_.try_emplace(std::string(name), step.number);
    }
  }
}

void StatementIndex::addCopies(const StatementStep &step, const Update &update) {
  const Relation *table = step.before.findRelation(update.table);
  if (!table)
    return;
  for (const Assignment &assignment : update.assignments) {
    const Column *made = table->findColumn(assignment.column);
    if (!made || !step.isNew(made->origin))
      continue;
    forEachNode(assignment.value, [&](const Expression &node) {
      if (node.kind == ExpressionKind::column)
        copies_[{table->id, node.name}].push_back({&step, table, made});
    });
  }
}

const StatementStep *StatementIndex::firstAfter(const Steps &steps, const StatementStep &step) {
  const auto later = std::upper_bound(
      steps.begin(), steps.end(), step.number,
      [](uint32_t before, const StatementStep *other) { return before < other->number; });
  return later == steps.end() ? nullptr : *later;
}

const StatementStep *StatementIndex::firstAfter(const ByName &statements, const StatementStep &step,
                                                const QualifiedName &name) {
  const auto named = statements.find({name.schema, name.name});
  return named == statements.end() ? nullptr : firstAfter(named->second, step);
}

const StatementStep *StatementIndex::dropBefore(const StatementStep &step,
                                                const QualifiedName &relation) const {
  const auto named = drops_.find({relation.schema, relation.name});
  if (named == drops_.end())
    return nullptr;
  const Steps &steps = named->second;
  const auto later = std::lower_bound(
      steps.begin(), steps.end(), step.number,
      [](const StatementStep *other, uint32_t number) { return other->number < number; });
  return later == steps.begin() ? nullptr : *std::prev(later);
}

/// True where queries can name a relation so.
static bool isNamed(const Catalog &catalog, catalog::NameView name) {
  const catalog::NameEntry *entry = catalog.state().relation_names.find(name);
  const Relation *relation = entry ? catalog.relation(entry->id) : nullptr;
  return relation && !relation->isIndex();
}

const StatementIndex::Appearances &StatementIndex::appearances() const {
  if (appearances_)
    return *appearances_;
  appearances_.emplace();
  const auto add = [](Steps &steps, const StatementStep &step) {
    if (steps.empty() || steps.back() != &step)
      steps.push_back(&step);
  };
  for (size_t i = 0; i < size_; ++i) {
    const StatementStep &step = change_set_.statements[i];
    const Catalog &before = step.before;
    const Catalog &after = i + 1 < size_ ? change_set_.statements[i + 1].before : change_set_.after;
    catalog::NameMap::compare(before.state().relation_names, after.state().relation_names,
                              [&](const catalog::ObjectName &name) {
                                if (!isNamed(before, name) && isNamed(after, name))
                                  add(appearances_->relations[{name.schema, name.name}], step);
                              });
    catalog::IdMap<std::shared_ptr<Relation>>::compare(
        before.state().relations, after.state().relations, [&](ObjectId id) {
          const Relation *was = before.relation(id);
          const Relation *is = after.relation(id);
          if (!is || is->isIndex())
            return;
          SharedVector<Column>::compare(
              was ? was->columns : SharedVector<Column>(), is->columns, [](const Column &) {},
              [&](const Column &column) {
                if (!was || !was->findColumn(column.name))
                  add(appearances_->columns[{id, column.name}], step);
              });
        });
  }
  return *appearances_;
}

const StatementStep *StatementIndex::appearanceAfter(const StatementStep &step,
                                                     const QualifiedName &relation) const {
  return firstAfter(appearances().relations, step, relation);
}

const StatementStep *StatementIndex::columnAppearanceAfter(const StatementStep &step,
                                                           ObjectId table,
                                                           const std::string &column) const {
  const ByColumn &columns = appearances().columns;
  const auto named = columns.find({table, column});
  return named == columns.end() ? nullptr : firstAfter(named->second, step);
}

const StatementIndex::Copy *StatementIndex::copyBefore(const StatementStep &step, ObjectId table,
                                                       const std::string &column) const {
  const auto copies = copies_.find({table, column});
  if (copies == copies_.end() || copies->second.front().step->number >= step.number)
    return nullptr;
  return &copies->second.front();
}

bool StatementIndex::isRefusedBefore(const StatementStep &step, std::string_view object) const {
  if (refused_.empty())
    return false;
  for (; !object.empty(); object.remove_prefix(1)) {
    const auto first = refused_.find(std::string(object));
    if (first != refused_.end() && first->second < step.number)
      return true;
  }
  return false;
}

const StatementStep &StatementIndex::transactionBegin(const StatementStep &step) const {
  const StatementStep *begin = &step;
  if (step.transaction) {
    const auto &statements = change_set_.statements;
    const auto first = std::lower_bound(
        statements.begin(), statements.end(), step.transaction->first_statement,
        [](const StatementStep &other, uint32_t number) { return other.number < number; });
    if (first != statements.end() && first->transaction == step.transaction)
      begin = &*first;
  }
  const auto unsure = unsure_.find(step.unit);
  if (unsure != unsure_.end() && unsure->second->number < begin->number)
    begin = unsure->second;
  return *begin;
}

} // namespace lockstep::history
