/*
 * libpg_query's archive keeps the parser in one object with functions that write its trees as
 * Protocol Buffers and as JSON. Nothing here calls them. Without these two definitions the linker
 * would take in what they need: a megabyte of code and of tables full of pointers, which the loader
 * of a position-independent program would have to adjust at each start.
 */
#include <stdlib.h>

#include "pg_query.h"

/* Weak: should the archive's own ones be taken in by another way, they hold. */
__attribute__((weak)) PgQueryProtobuf pg_query_nodes_to_protobuf(const void *tree);
__attribute__((weak)) char *pg_query_nodes_to_json(const void *tree);

PgQueryProtobuf pg_query_nodes_to_protobuf(const void *tree) {
  (void)tree;
  abort();
}

char *pg_query_nodes_to_json(const void *tree) {
  (void)tree;
  abort();
}
