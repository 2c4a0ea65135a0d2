# How the folders of analyzer/ become targets.
#
#   lockstep_library(sql
#     SOURCES parse.cpp scan.cpp
#     DEPENDS base ops            # folders of analyzer/, all before this one
#     USES pg_query               # pg_query, llvm, json: visible in this folder's sources only
#     PRECOMPILE ops/op.hpp)      # parsed once for all sources of the folder
#
# makes the static library lockstep_sql; headers are included from the analyzer root
# (`#include "sql/parse.hpp"`).
function(lockstep_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;USES;PRECOMPILE")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "lockstep_library(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  list(FIND LOCKSTEP_LAYERS ${name} position)
  foreach(dependency IN LISTS arg_DEPENDS)
    list(FIND LOCKSTEP_LAYERS ${dependency} before)
    if(before LESS 0 OR before GREATER_EQUAL position)
      message(FATAL_ERROR "${name} may not depend on ${dependency}: see LOCKSTEP_LAYERS")
    endif()
  endforeach()

  if(arg_SOURCES)
    add_library(lockstep_${name} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(lockstep_${name} PRIVATE lockstep_warnings)
  else()
    add_library(lockstep_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(lockstep_${name} ${scope} "${PROJECT_SOURCE_DIR}/analyzer")
  list(TRANSFORM arg_DEPENDS PREPEND lockstep_)
  target_link_libraries(lockstep_${name} ${scope} ${arg_DEPENDS})
  if(arg_USES)
    list(TRANSFORM arg_USES PREPEND lockstep_)
    target_link_libraries(lockstep_${name} PRIVATE ${arg_USES})
  endif()
  lockstep_precompile(lockstep_${name} ${arg_PRECOMPILE})
endfunction()

# Most of a build's time goes into reading the same headers again: lockstep_precompile(TARGET
# HEADER...) has them read once. A header is named from the analyzer root, or as <header>. Each
# source still includes all that it needs: -DLOCKSTEP_PRECOMPILE=OFF holds it to that.
function(lockstep_precompile target)
  if(NOT LOCKSTEP_PRECOMPILE)
    return()
  endif()
  foreach(header IN LISTS ARGN)
    if(NOT header MATCHES "^<")
      set(header "${PROJECT_SOURCE_DIR}/analyzer/${header}")
    endif()
    target_precompile_headers(${target} PRIVATE ${header})
  endforeach()
endfunction()

# The program: lockstep_program(SOURCES main.cpp DEPENDS cli USES llvm), called by analyzer/cli.
# It stands at the top of the build folder. All but main.cpp is lockstep_commands, for programs that
# run its commands in their own process.
function(lockstep_program)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "SOURCES;DEPENDS;USES;PRECOMPILE")
  list(REMOVE_ITEM arg_SOURCES main.cpp)
  list(TRANSFORM arg_DEPENDS PREPEND lockstep_)
  list(TRANSFORM arg_USES PREPEND lockstep_)
  add_library(lockstep_commands STATIC ${arg_SOURCES})
  target_link_libraries(lockstep_commands PUBLIC ${arg_DEPENDS} lockstep_rules
                                          PRIVATE lockstep_warnings ${arg_USES})
  lockstep_precompile(lockstep_commands ${arg_PRECOMPILE})
  add_executable(lockstep main.cpp)
  set_target_properties(lockstep PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  target_link_libraries(lockstep PRIVATE lockstep_warnings lockstep_commands lockstep_mimalloc
                                         ${arg_USES})
  target_compile_definitions(lockstep PRIVATE LOCKSTEP_VERSION="${PROJECT_VERSION}")
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    target_link_options(lockstep PRIVATE -s)
  endif()
  include(GNUInstallDirs)
  install(TARGETS lockstep RUNTIME)
endfunction()
