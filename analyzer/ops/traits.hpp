#pragma once
#include "ops/layer.hpp"

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <variant>

/// The questions that are asked of every op, whatever it is. Each op answers them beside its
/// definition, in `traits`; one that leaves an answer out is no alternative of Op: it does not
/// compile. What an op does to the catalog and what it locks is asked in the same way, by
/// catalog/apply/apply_op.hpp and effects/describe/describe.hpp: there is no answer for "any other
/// op".
namespace lockstep::ops {

/// What is not as it was once the statement has run.
enum class Changes : uint8_t {
  nothing,
  rows,
  schema,      ///< Definitions, and all else that the catalog holds but rows.
  session,     ///< Settings.
  transaction, ///< It begins or ends one.
  anything,    ///< It runs code, or nothing is known of it.
};

/// What becomes of objects, so that it is known what later statements find where this one may not
/// have run, or was refused.
enum class Existence : uint8_t {
  kept,  ///< No object comes or goes.
  made,  ///< It makes an object, or a part of one, that later statements can name.
  taken, ///< What it names is gone, or is not as it was: dropped, renamed, of another type.
};

/// Which objects, there before, the op is about. What it only reads or refers to is none of them.
enum class Subject : uint8_t {
  none,
  target, ///< `target.relation`: a subcommand of ALTER TABLE.
  table,  ///< `table`.
  tables, ///< `tables`.
  own,    ///< It has its own way to tell: engine/subject.cpp.
};

/// Whether the statement can run a second time and leave things as the first time did.
enum class Repeats : uint8_t {
  freely,
  if_exists,     ///< Where its `if_exists` is set.
  if_not_exists, ///< Where its `if_not_exists` is set.
  or_replace,    ///< Where its `or_replace` is set.
  in_doubt,      ///< It fails, does it twice, or that has not been settled.
};

/// Whether the statement is passed over where what it is about is not there.
enum class IfMissing : uint8_t {
  fails,            ///< Also where there is nothing to be missing.
  if_exists,        ///< Passed over where its `if_exists` is set.
  target_if_exists, ///< Passed over where `target.if_exists` is set.
  open,             ///< It is code, which may look first.
};

/// Whether it is a statement that PostgreSQL plans (SELECT, INSERT, UPDATE, DELETE, MERGE): it has
/// a `query`, and what its names stand for is settled where the body of an SQL function is read.
/// All others are utility statements.
enum class Planned : uint8_t { no, yes };

/// What the op gives to a table.
enum class Gives : uint8_t {
  nothing,
  type,       ///< A type to a column that is there.
  constraint, ///< A constraint.
  columns,    ///< Columns, with their types and constraints.
};

/// Whether it has expressions of its own, outside of a query, that the server refuses for their
/// form: a CHECK has no sub-select, an index no volatile function.
enum class Expressions : uint8_t { none, checked };

/// What the string constants of the statement are.
enum class Strings : uint8_t {
  text,          ///< Labels, comments, code: never values.
  values,        ///< Values of the types that they are cast to.
  column_values, ///< Those, and values of columns of the one table that it is about.
};

/// The answers of one kind of op.
struct OpTraits {
  Changes changes;
  Existence existence;
  Subject subject;
  Repeats repeats;
  IfMissing if_missing;
  Planned planned;
  Gives gives;
  Expressions expressions;
  Strings strings;

  /// All of them: none has a default.
  consteval OpTraits(Changes changes_, Existence existence_, Subject subject_, Repeats repeats_,
                     IfMissing if_missing_, Planned planned_, Gives gives_,
                     Expressions expressions_, Strings strings_)
      : changes(changes_), existence(existence_), subject(subject_), repeats(repeats_),
        if_missing(if_missing_), planned(planned_), gives(gives_), expressions(expressions_),
        strings(strings_) {}

  consteval bool has(Changes answer) const { return changes == answer; }
  consteval bool has(Existence answer) const { return existence == answer; }
  consteval bool has(Subject answer) const { return subject == answer; }
  consteval bool has(Repeats answer) const { return repeats == answer; }
  consteval bool has(IfMissing answer) const { return if_missing == answer; }
  consteval bool has(Planned answer) const { return planned == answer; }
  consteval bool has(Gives answer) const { return gives == answer; }
  consteval bool has(Expressions answer) const { return expressions == answer; }
  consteval bool has(Strings answer) const { return strings == answer; }
};

/// A kind of op that gave all of these answers, to any of the questions.
template <class Kind, auto... answers>
concept Answering = (Kind::traits.has(answers) && ...);
/// A kind of op that gave none of them. A visitor that treats some ops one by one passes over the
/// others with this, so that a new op that it must treat is not passed over.
template <class Kind, auto... answers>
concept NotAnswering = (!Kind::traits.has(answers) && ...);

/// True for one of `Kinds`: for what holds for a few ops and is asked of all.
template <class T, class... Kinds>
concept OneOf = (std::same_as<T, Kinds> || ...);

/// Holds each kind of op to its answers.
template <class Kind> struct AnsweredKind {
  static_assert(
      requires {
        { Kind::traits } -> std::same_as<const OpTraits &>;
      },
      "an op answers the questions of ops/traits.hpp: add `static constexpr OpTraits traits{…};` "
      "to its definition");
  static_assert(
      !requires(Kind op) { op.target.relation; } || Kind::traits.subject == Subject::target,
      "an op that has a target is about it: answer Subject::target");
  using type = Kind;
};

/// The variant of kinds of ops that have answered.
template <class... Kinds> using OpKinds = std::variant<typename AnsweredKind<Kinds>::type...>;

} // namespace lockstep::ops
