#pragma once

namespace lockstep::base {

/// From here on, whoever asks for memory that the system does not give ends the program with
/// endOutOfMemory(): no caller can do without, and one that tried would report less than there is.
/// To be called once, at the start.
void endWhenOutOfMemory();

/// Says on standard error that there is not enough memory, and ends the program with status 2.
/// Nothing is flushed: what was to be reported is not complete. May be called at any place, on any
/// thread, and by several at once.
[[noreturn]] void endOutOfMemory() noexcept;

} // namespace lockstep::base
