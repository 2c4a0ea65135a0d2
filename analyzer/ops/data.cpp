#include "ops/data.hpp"

#include <array>

namespace lockstep::ops {

static constexpr std::array<std::string_view, 9> mode_names{"",
                                                            "AccessShareLock",
                                                            "RowShareLock",
                                                            "RowExclusiveLock",
                                                            "ShareUpdateExclusiveLock",
                                                            "ShareLock",
                                                            "ShareRowExclusiveLock",
                                                            "ExclusiveLock",
                                                            "AccessExclusiveLock"};
static constexpr std::array<std::string_view, 9> sql_mode_names{
    "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
    "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};

std::string_view name(LockMode mode) { return mode_names[static_cast<size_t>(mode)]; }
std::string_view sqlName(LockMode mode) { return sql_mode_names[static_cast<size_t>(mode)]; }

} // namespace lockstep::ops
