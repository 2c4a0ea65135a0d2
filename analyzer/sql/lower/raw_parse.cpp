#include "sql/lower/raw_parse.hpp"

#include "base/out_of_memory.hpp"
#include "base/text.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <optional>

extern "C" {
#include <pg_query.h>
#include <pg_query/pg_query_internal.h>
}
extern "C" {
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

// What is called here catches PostgreSQL's errors itself (pg_query_raw_parse has its own PG_TRY) or
// raises none: no longjmp passes a C++ frame.
struct RawParse::Tree {
  MemoryContext context = nullptr;
  List *statements = nullptr;
};

/// The byte at which code point `index` of `text`, counted from 0, stands.
static uint32_t byteOf(std::string_view sql, int index) {
  size_t at = 0;
  for (; index > 0 && at < sql.size(); --index)
    at += decodeUtf8(sql, at).bytes;
  return static_cast<uint32_t>(at);
}

/// "unterminated quoted string at or near "…"" quotes the rest of the text.
static std::string shortened(std::string message) {
  constexpr size_t limit = 160;
  if (message.size() <= limit)
    return message;
  size_t cut = limit;
  while (cut > 0 && (static_cast<unsigned char>(message[cut]) & 0xC0) == 0x80)
    --cut;
  bool quoted = message.back() == '"';
  message.resize(cut);
  return message + (quoted ? "…\"" : "…");
}

/// Long runs of operator characters cost PostgreSQL's scanner quadratic time. It takes the opening
/// of a comment, also within another, with all of them behind it, and puts these back: comments are
/// blanked. Outside of them, returns where the run stands.
static std::optional<uint32_t> calm(std::string &sql) {
  const std::string original = sql;
  Lexer lexer(original);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.kind == TokenKind::operator_ && token.size > Lexer::longest_operator_run)
      return token.begin;
    const bool is_open = token.kind == TokenKind::broken && original[token.begin] == '/';
    if (token.kind == TokenKind::block_comment || is_open)
      std::fill(sql.begin() + token.begin + 2,
                sql.begin() + (is_open ? lexer.position() : lexer.position() - 2), ' ');
  }
  return std::nullopt;
}

RawParse::RawParse(const std::string &sql)
    : tree_(std::make_unique<Tree>()), text_size_(static_cast<uint32_t>(sql.size())) {
  tree_->context = pg_query_enter_memory_context();
  std::string calmed;
  if (hasLongOperatorRun(sql)) {
    calmed = sql;
    if (const std::optional<uint32_t> run = calm(calmed)) {
      message_ = "too many operator characters in a row";
      too_deep_ = true;
      error_offset_ = *run;
      return;
    }
  }
  PgQueryInternalParsetreeAndError result =
      pg_query_raw_parse(calmed.empty() ? sql.c_str() : calmed.c_str(), 0);
  free(result.stderr_buffer);
  if (result.error) {
    message_ = result.error->message ? result.error->message : "syntax error";
    // PostgreSQL's allocator says this of itself: its text is none that a statement can bring
    // about.
    if (message_ == "out of memory")
      endOutOfMemory();
    too_deep_ = message_.starts_with("memory exhausted");
    message_ = shortened(std::move(message_));
    error_offset_ = byteOf(sql, result.error->cursorpos - 1);
    pg_query_free_error(result.error);
    return;
  }
  tree_->statements = result.tree;
  size_ = static_cast<size_t>(list_length(result.tree));
}

RawParse::~RawParse() { pg_query_exit_memory_context(tree_->context); }

const RawStmt &RawParse::operator[](size_t index) const {
  assert(index < size_);
  return *static_cast<const RawStmt *>(list_nth(tree_->statements, static_cast<int>(index)));
}

uint32_t RawParse::end(size_t index) const {
  const RawStmt &raw = (*this)[index];
  return raw.stmt_len == 0 ? text_size_ : static_cast<uint32_t>(raw.stmt_location + raw.stmt_len);
}

} // namespace lockstep::sql
