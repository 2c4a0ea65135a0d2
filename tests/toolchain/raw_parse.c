#include "raw_parse.h"

#include <pg_query.h>
#include <pg_query/pg_query_internal.h>

int rawParse(const char *sql, int *error_at) {
  MemoryContext context = pg_query_enter_memory_context();
  PgQueryInternalParsetreeAndError result = pg_query_raw_parse(sql, 0);
  int statements = result.error ? -1 : list_length(result.tree);
  *error_at = result.error ? result.error->cursorpos : 0;
  if (result.error)
    pg_query_free_error(result.error);
  free(result.stderr_buffer);
  pg_query_exit_memory_context(context);
  return statements;
}

int grammarVersion(void) { return PG_VERSION_NUM; }
