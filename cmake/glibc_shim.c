/* What libpg_query's archive calls and this C library lacks (glibc before 2.38). */

#include <stddef.h>

#ifdef LOCKSTEP_NEED_strlcpy
size_t strlcpy(char *target, const char *source, size_t size);

size_t strlcpy(char *target, const char *source, size_t size) {
  size_t length = 0;
  while (source[length] != '\0')
    ++length;
  if (size > 0) {
    size_t copied = length < size ? length : size - 1;
    for (size_t i = 0; i < copied; ++i)
      target[i] = source[i];
    target[copied] = '\0';
  }
  return length;
}
#endif

#ifdef LOCKSTEP_NEED___isoc23_strtoul
unsigned long strtoul(const char *text, char **end, int base);
unsigned long __isoc23_strtoul(const char *text, char **end, int base);

/* C23's strtoul differs only in accepting 0b literals, which the callers do not pass. */
unsigned long __isoc23_strtoul(const char *text, char **end, int base) {
  return strtoul(text, end, base);
}
#endif
