#pragma once
#include "base/range.hpp"
#include "sql/layer.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct RawStmt; // PostgreSQL's

namespace lockstep::sql {

/// PostgreSQL's parse of one text: owns the raw tree. At most one lives per thread at a time.
///
/// The parser works on the calling thread, which it needs no more than 64 KB of stack for: the
/// grammar's own stack is on the heap and bounded, its actions do not recurse. libpg_query takes
/// one of the process's about 1,000 thread keys for each thread that ever parses, so parse on
/// threads that last.
class RawParse {
public:
  explicit RawParse(const std::string &text);
  ~RawParse();
  RawParse(const RawParse &) = delete;
  RawParse &operator=(const RawParse &) = delete;

  /// False where the parser refused the text; then there is no statement.
  [[nodiscard]] bool ok() const { return message_.empty(); }
  /// PostgreSQL's message, without the excerpt of the text where that is long.
  [[nodiscard]] const std::string &message() const { return message_; }
  /// The byte of the text that the message is about.
  [[nodiscard]] uint32_t errorOffset() const { return error_offset_; }
  /// Nested beyond what the parser can hold, rather than wrong.
  [[nodiscard]] bool tooDeep() const { return too_deep_; }

  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] const RawStmt &operator[](size_t index) const;
  /// Up to where statement `index` goes: its semicolon or the end of the text.
  [[nodiscard]] uint32_t end(size_t index) const;

private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
  std::string message_;
  uint32_t text_size_ = 0;
  uint32_t error_offset_ = 0;
  bool too_deep_ = false;
  size_t size_ = 0;
};

} // namespace lockstep::sql
