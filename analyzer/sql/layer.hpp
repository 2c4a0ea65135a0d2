#pragma once

namespace lockstep::base {}
namespace lockstep::ops {}

/// The words of the layers below are used here as they stand: they are what this layer speaks of
/// all the time. Where two of them, or one of them and this layer, use a word for different things,
/// it is written with its layer: ops::name.
namespace lockstep::sql {
using namespace base;
using namespace ops;
} // namespace lockstep::sql
