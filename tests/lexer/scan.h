#pragma once

#ifdef __cplusplus
extern "C" {
#endif

enum ScannedKind {
  scanned_word,
  scanned_quoted_word,
  scanned_string,
  scanned_bit_string,
  scanned_number,
  scanned_parameter,
  scanned_line_comment,
  scanned_block_comment,
  scanned_sign /* All else: operators and punctuation. */
};

/* A token as PostgreSQL's scanner cuts it: bytes of the text. */
struct ScannedToken {
  int begin;
  int end;
  enum ScannedKind kind;
};

/*
 * The tokens and comments of `sql`, in order; the caller frees them. -1: the scanner refuses the
 * text.
 */
int scanTokens(const char *sql, struct ScannedToken **tokens);

#ifdef __cplusplus
}
#endif
