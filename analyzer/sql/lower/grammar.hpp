#pragma once

namespace lockstep {

/// The major version of PostgreSQL whose grammar is linked in.
[[nodiscard]] int grammarVersion();

} // namespace lockstep
