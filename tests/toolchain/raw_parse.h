#pragma once

/// The number of statements in `sql`, or -1 with the error's 1-based position in `*error_at`.
int rawParse(const char *sql, int *error_at);

/// PG_VERSION_NUM of the linked grammar.
int grammarVersion(void);
