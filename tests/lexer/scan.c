#include "lexer/scan.h"

#include "pg_query.h"

#include <stdint.h>
#include <stdlib.h>

/* Numbers of ScanResult, ScanToken and Token in pg_query.proto. */
enum { field_tokens = 2 };
enum { field_start = 1, field_end = 2, field_token = 4, field_keyword_kind = 5 };
enum {
  token_ident = 258,
  token_uident,
  token_fconst,
  token_sconst,
  token_usconst,
  token_bconst,
  token_xconst,
  token_op,
  token_iconst,
  token_param,
  token_sql_comment = 275,
  token_c_comment = 276,
};

/* Reads the wire format of Protocol Buffers, as far as this message needs it. */
struct Reader {
  const uint8_t *at;
  const uint8_t *end;
};

static uint64_t readVarint(struct Reader *reader) {
  uint64_t value = 0;
  for (int shift = 0; reader->at < reader->end && shift < 64; shift += 7) {
    const uint8_t byte = *reader->at++;
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      break;
  }
  return value;
}

static enum ScannedKind kindOf(int token, int keyword_kind, char first) {
  switch (token) {
  case token_ident:
    return first == '"' ? scanned_quoted_word : scanned_word;
  case token_uident:
    return scanned_quoted_word;
  case token_sconst:
  case token_usconst:
    return scanned_string;
  case token_bconst:
  case token_xconst:
    return scanned_bit_string;
  case token_iconst:
  case token_fconst:
    return scanned_number;
  case token_param:
    return scanned_parameter;
  case token_sql_comment:
    return scanned_line_comment;
  case token_c_comment:
    return scanned_block_comment;
  default:
    return keyword_kind ? scanned_word : scanned_sign;
  }
}

static struct ScannedToken readToken(struct Reader reader, const char *sql) {
  int fields[6] = {0};
  while (reader.at < reader.end) {
    const uint64_t number = readVarint(&reader) >> 3;
    const uint64_t value = readVarint(&reader);
    if (number < 6)
      fields[number] = (int)value;
  }
  struct ScannedToken token = {fields[field_start], fields[field_end], scanned_sign};
  token.kind = kindOf(fields[field_token], fields[field_keyword_kind], sql[token.begin]);
  return token;
}

int scanTokens(const char *sql, struct ScannedToken **tokens) {
  PgQueryScanResult scan = pg_query_scan(sql);
  int count = -1;
  *tokens = NULL;
  if (!scan.error) {
    const uint8_t *bytes = (const uint8_t *)scan.pbuf.data;
    struct Reader reader = {bytes, bytes + scan.pbuf.len};
    count = 0;
    /* A token takes two bytes at least. */
    *tokens = calloc(scan.pbuf.len / 2 + 1, sizeof(struct ScannedToken));
    while (*tokens && reader.at < reader.end) {
      const uint64_t number = readVarint(&reader) >> 3;
      const uint64_t value = readVarint(&reader);
      if (number != field_tokens)
        continue; /* The version. */
      struct Reader message = {reader.at, reader.at + value};
      (*tokens)[count++] = readToken(message, sql);
      reader.at += value;
    }
  }
  pg_query_free_scan_result(scan);
  return count;
}
