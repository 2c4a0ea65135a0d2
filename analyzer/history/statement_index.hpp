#pragma once
#include "history/layer.hpp"
#include "history/step.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lockstep::history {

/// What the statements of a change set do, by name, for those who ask what comes before or after a
/// statement: none need go through all of them. "After" leaves out the statement itself.
class StatementIndex {
public:
  /// A column that an UPDATE fills from another one of its table.
  struct Copy {
    const StatementStep *step = nullptr;
    const Relation *table = nullptr; ///< As the statement finds it.
    const Column *made = nullptr;    ///< New in the change set.
  };

  /// Refers to the change set, which is complete.
  explicit StatementIndex(const ChangeSet &change_set);

  /// The first statement after `step` that makes a table of this name, which is resolved, but no
  /// partition; or null.
  [[nodiscard]] const StatementStep *creationAfter(const StatementStep &step,
                                                   const QualifiedName &table) const {
    return firstAfter(creations_, step, table);
  }
  /// The same for one that grants privileges on it.
  [[nodiscard]] const StatementStep *grantAfter(const StatementStep &step,
                                                const QualifiedName &object) const {
    return firstAfter(grants_, step, object);
  }
  /// The last statement before `step` that drops a relation of this name, which is resolved; or
  /// null.
  [[nodiscard]] const StatementStep *dropBefore(const StatementStep &step,
                                                const QualifiedName &relation) const;
  /// The same as creationAfter for one after which a relation that queries can name has this name,
  /// where before it none had: by whatever it does.
  [[nodiscard]] const StatementStep *appearanceAfter(const StatementStep &step,
                                                     const QualifiedName &relation) const;
  /// The same for a column of a relation.
  [[nodiscard]] const StatementStep *
  columnAppearanceAfter(const StatementStep &step, ObjectId table, const std::string &column) const;

  /// The first statement before `step` that fills a column, new in the change set, of the table
  /// from `column`; null where there is none.
  [[nodiscard]] const Copy *copyBefore(const StatementStep &step, ObjectId table,
                                       const std::string &column) const;
  /// True where a statement before `step` was refused that would have made, or added to, something
  /// whose name `object` is or ends with.
  [[nodiscard]] bool isRefusedBefore(const StatementStep &step, std::string_view object) const;
  /// The first statement that is in one transaction with `step`, or may be: `step` itself where
  /// none is before it.
  [[nodiscard]] const StatementStep &transactionBegin(const StatementStep &step) const;

  /// How many statements it was made of.
  [[nodiscard]] size_t size() const { return size_; }

private:
  /// Statements by the schema and name that they are about, in their order.
  using Steps = std::vector<const StatementStep *>;
  using ByName = std::map<std::pair<std::string, std::string>, Steps>;
  using ByColumn = std::map<std::pair<ObjectId, std::string>, Steps>;

  /// What catalogs tell: compared only when it is asked for.
  struct Appearances {
    ByName relations;
    ByColumn columns;
  };

  [[nodiscard]] static const StatementStep *firstAfter(const Steps &steps,
                                                       const StatementStep &step);
  [[nodiscard]] static const StatementStep *
  firstAfter(const ByName &statements, const StatementStep &step, const QualifiedName &name);
  void addCopies(const StatementStep &step, const Update &update);
  [[nodiscard]] const Appearances &appearances() const;

  const ChangeSet &change_set_;
  ByName creations_;
  ByName grants_;
  ByName drops_;
  std::map<std::pair<ObjectId, std::string>, std::vector<Copy>> copies_; ///< By what they read.
  std::unordered_map<std::string, uint32_t> refused_; ///< Name → number of the first statement.
  std::unordered_map<const Unit *, const StatementStep *> unsure_; ///< The first of each unit.
  mutable std::optional<Appearances> appearances_;
  size_t size_ = 0;
};

} // namespace lockstep::history
