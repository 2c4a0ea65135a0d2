#pragma once
#include "ops/alter_table.hpp"
#include "ops/data.hpp"
#include "ops/function.hpp"
#include "ops/index.hpp"
#include "ops/layer.hpp"
#include "ops/object.hpp"
#include "ops/table.hpp"
#include "ops/traits.hpp"
#include "ops/transaction.hpp"
#include "ops/type.hpp"

#include <array>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace lockstep::ops {

/// The kinds of Op. A new one answers the questions of ops/traits.hpp beside its definition, and
/// says in catalog/apply/apply_op.hpp and effects/describe/describe.hpp what it does.
using OpVariant =
    OpKinds<Unmodelled, NoEffect, CreateTable, CreateTableAs, AddColumn, DropColumn,
            AlterColumnType, SetDefault, SetNotNull, DropNotNull, SetGenerationExpression,
            DropGenerationExpression, AddIdentity, SetIdentity, DropIdentity, AddConstraint,
            ValidateConstraint, AlterConstraint, DropConstraint, AttachPartition, DetachPartition,
            SetInheritance, AlterTableSetting, MoveAllInTablespace, CreateIndex, Reindex, Cluster,
            Vacuum, Insert, Update, Delete, Merge, Select, Copy, Truncate, LockTable,
            TransactionControl, SetVariable, DropObject, RenameObject, SetSchema, CreateView,
            RefreshMaterializedView, CreateSequence, AlterSequence, CreateSchema, CreateEnum,
            AddEnumValue, RenameEnumValue, CreateDomain, AlterDomain, CreateCompositeType,
            AlterCompositeType, CreateBaseType, CreateFunction, AlterFunction, CreateTrigger,
            CreatePolicy, AlterPolicy, CreateRule, CreateStatistics, DoBlock, CreateExtension,
            Comment, Grant, ChangeOwner, Publication, ObjectDdl, Call>;

namespace detail {
template <class Variant> struct AllTraits;
template <class... Kinds> struct AllTraits<std::variant<Kinds...>> {
  static constexpr std::array<OpTraits, sizeof...(Kinds)> value{Kinds::traits...};
};
} // namespace detail

/// True for a kind of Op.
template <class T, class Variant> inline constexpr bool is_alternative = false;
template <class T, class... Kinds>
inline constexpr bool is_alternative<T, std::variant<Kinds...>> = (std::is_same_v<T, Kinds> || ...);

/// One thing that SQL does. An ALTER TABLE with three subcommands is three ops; inline and
/// table-level constraints of ADD become the same op.
///
/// What copies, moves and destroys all kinds is compiled once, in op.cpp, and not with each file
/// that holds an Op.
struct Op : OpVariant {
  Op();
  template <class Kind>
  requires is_alternative<std::remove_cvref_t<Kind>, OpVariant> Op(Kind &&kind)
      : OpVariant(std::forward<Kind>(kind)) {}
  Op(const Op &other);
  Op(Op &&other) noexcept;
  Op &operator=(const Op &other);
  Op &operator=(Op &&other) noexcept;
  ~Op();
};

/// A statement of a file: its ops in the order they were written.
struct Statement {
  Range range;           ///< First to last token, without the semicolon.
  std::string_view kind; ///< PostgreSQL's node name, e.g. "AlterTableStmt"; a static string.
  std::vector<Op> ops;

  Statement();
  Statement(const Statement &other);
  Statement(Statement &&other) noexcept;
  Statement &operator=(const Statement &other);
  Statement &operator=(Statement &&other) noexcept;
  ~Statement();
};

/// Where the op itself stands: the subcommand of ALTER TABLE, the name of a dropped object, else
/// the statement.
[[nodiscard]] Range whereOf(const Op &op);
/// The subcommand's AlterTarget, or null for an op that is none.
[[nodiscard]] const AlterTarget *alterTargetOf(const Op &op);

/// What all kinds of ops answer, by their index in Op.
[[nodiscard]] constexpr const auto &opTraits() { return detail::AllTraits<OpVariant>::value; }
/// What the op's kind answers.
[[nodiscard]] const OpTraits &traitsOf(const Op &op);
/// True for an op that leaves all that the catalog holds as it is, but for whether there are rows.
[[nodiscard]] bool keepsSchema(const Op &op);
/// True for an op that can run a second time and leave things as the first time did.
[[nodiscard]] bool isRepeatable(const Op &op);
/// True for an op that does nothing where what it is about is not there, or may not run at all.
[[nodiscard]] bool passesIfMissing(const Op &op);
/// The one relation that the op is about and that must be there, or null: where it is about none,
/// or several, or tells it in its own way.
[[nodiscard]] const QualifiedName *relationOf(const Op &op);
/// The query of a statement that PostgreSQL plans, or null.
[[nodiscard]] const Query *plannedQueryOf(const Op &op);

} // namespace lockstep::ops
