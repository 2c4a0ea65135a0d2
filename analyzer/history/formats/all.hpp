#pragma once
#include "history/formats/format.hpp"

namespace lockstep {

// The formats, one a file of its name; formats() lists them.
extern const Format golang_migrate_format;
extern const Format plain_format;

} // namespace lockstep
