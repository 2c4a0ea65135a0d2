#pragma once
#include "report/layer.hpp"

#include <string>

namespace lockstep::report {

/// A script of SQL that means the same, without anything that may do harm where it is shown:
/// literals that hold such a thing become E'…', names U&"…", wherever it stands a visible escape;
/// function bodies keep their lines. In comments it is spelled out as in other texts. Between
/// tokens a blank or an empty comment breaks up what a CI log would take for a command.
///
/// A script without such a thing is given back as it is. What is no SQL, and names with bytes that
/// are no UTF-8, which no server takes, are spelled out.
[[nodiscard]] std::string sealSql(std::string script);

} // namespace lockstep::report
