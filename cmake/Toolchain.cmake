# Compiler, warnings, link mode: what every target of ours shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_EXTENSIONS ON) # PostgreSQL's headers are written for GNU C

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
foreach(lang C CXX)
  set(CMAKE_${lang}_FLAGS_DEBUG "-O1 -g1")
  set(CMAKE_${lang}_FLAGS_RELEASE "-O2 -DNDEBUG")
endforeach()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# The same bytes wherever the tree stands.
add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

if(LOCKSTEP_SANITIZE)
  add_compile_options(-fsanitize=${LOCKSTEP_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LOCKSTEP_SANITIZE})
elseif(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # One binary that starts in about a millisecond and runs anywhere: only libc and libm stay shared.
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-static-libstdc++ -static-libgcc -Wl,--gc-sections)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # LLVM's exported targets name z3, zstd and z, none of which we reach.
  add_link_options(-Wl,--as-needed)
endif()

add_library(lockstep_warnings INTERFACE)
target_compile_options(lockstep_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wconversion>
  $<$<BOOL:${LOCKSTEP_WERROR}>:-Werror>)
