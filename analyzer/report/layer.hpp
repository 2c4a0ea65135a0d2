#pragma once

namespace lockstep::base {}
namespace lockstep::diag {}
namespace lockstep::ops {}
namespace lockstep::sql {}
namespace lockstep::catalog {}
namespace lockstep::ddl {}
namespace lockstep::effects {}
namespace lockstep::history {}
namespace lockstep::engine {}
namespace lockstep::config {}
namespace lockstep::session {}

/// The words of the layers below are used here as they stand: they are what this layer speaks of
/// all the time. Where two of them, or one of them and this layer, use a word for different things,
/// it is written with its layer: ops::name.
namespace lockstep::report {
using namespace base;
using namespace diag;
using namespace ops;
using namespace sql;
using namespace catalog;
using namespace ddl;
using namespace effects;
using namespace history;
using namespace engine;
using namespace config;
using namespace session;
} // namespace lockstep::report
