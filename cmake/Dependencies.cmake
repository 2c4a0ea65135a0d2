# Third-party libraries, each behind one target:
#   lockstep_pg_query  PostgreSQL's parser (static)
#   lockstep_llvm      LLVM's Support library (static, never the shared libLLVM)
#   lockstep_json      nlohmann/json
#   lockstep_mimalloc  the program's memory allocator; empty where it is not there
# Their headers are SYSTEM. `./dev setup` provides what is missing.

include(CheckCSourceCompiles)

list(PREPEND CMAKE_PREFIX_PATH "${LOCKSTEP_DEPS}/usr")

# --- libpg_query --------------------------------------------------------------------------------

# The PG_VERSION_NUM of the libpg_query whose header stands in `dir`, 0 if none does.
function(lockstep_pg_query_version dir out)
  set(version 0)
  if(EXISTS "${dir}/pg_query.h")
    file(STRINGS "${dir}/pg_query.h" line REGEX "^#define PG_VERSION_NUM [0-9]+")
    if(line MATCHES "([0-9]+)$")
      set(version "${CMAKE_MATCH_1}")
    endif()
  endif()
  set(${out} "${version}" PARENT_SCOPE)
endfunction()

# Finds header and archive below one prefix, or in the system's places for an empty one.
macro(lockstep_find_pg_query prefix minimum)
  unset(pg_query_include CACHE)
  unset(pg_query_archive CACHE)
  if("${prefix}" STREQUAL "")
    find_path(pg_query_include pg_query.h NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH)
    find_library(pg_query_archive libpg_query.a NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH)
  else()
    find_path(pg_query_include pg_query.h PATHS "${prefix}" PATH_SUFFIXES include NO_DEFAULT_PATH)
    find_library(pg_query_archive libpg_query.a PATHS "${prefix}"
                 PATH_SUFFIXES lib lib/${CMAKE_LIBRARY_ARCHITECTURE} NO_DEFAULT_PATH)
  endif()
  lockstep_pg_query_version("${pg_query_include}" pg_query_version)
  if(NOT pg_query_archive OR pg_query_version LESS ${minimum})
    set(pg_query_version 0)
  endif()
endmacro()

if(LOCKSTEP_PG_QUERY_ROOT)
  lockstep_find_pg_query("${LOCKSTEP_PG_QUERY_ROOT}" 170000)
else()
  lockstep_find_pg_query("" 180000)
  if(NOT pg_query_version)
    lockstep_find_pg_query("${LOCKSTEP_DEPS}/usr" 180000)
  endif()
endif()
if(NOT pg_query_version)
  message(FATAL_ERROR "no static libpg_query 18 found: run ./dev setup, or name one with "
                      "-DLOCKSTEP_PG_QUERY_ROOT=PREFIX (17 works too)")
endif()
message(STATUS "libpg_query ${pg_query_version}: ${pg_query_archive}")

add_library(lockstep_pg_query INTERFACE)
target_include_directories(lockstep_pg_query SYSTEM INTERFACE
  "${pg_query_include}" "${pg_query_include}/pg_query" "${pg_query_include}/pg_query/postgres")
add_library(lockstep_pg_query_parts OBJECT "${PROJECT_SOURCE_DIR}/cmake/pg_query_parts.c")
target_include_directories(lockstep_pg_query_parts SYSTEM PRIVATE "${pg_query_include}")
target_link_libraries(lockstep_pg_query INTERFACE
  $<TARGET_OBJECTS:lockstep_pg_query_parts> "${pg_query_archive}")

# An archive built against glibc 2.38 asks for two functions that older ones lack; each is given
# only where linking a program that calls it fails.
set(shim_definitions "")
foreach(symbol strlcpy __isoc23_strtoul)
  string(TOUPPER "LOCKSTEP_HAVE_${symbol}" have)
  check_c_source_compiles("char ${symbol}(void); int main(void) { return ${symbol}(); }" ${have})
  if(NOT ${have})
    list(APPEND shim_definitions LOCKSTEP_NEED_${symbol})
  endif()
endforeach()
if(shim_definitions)
  add_library(lockstep_glibc_shim STATIC "${PROJECT_SOURCE_DIR}/cmake/glibc_shim.c")
  target_compile_definitions(lockstep_glibc_shim PRIVATE ${shim_definitions})
  target_link_libraries(lockstep_pg_query INTERFACE lockstep_glibc_shim)
endif()
find_package(Threads REQUIRED)
target_link_libraries(lockstep_pg_query INTERFACE Threads::Threads m)

# --- LLVM ---------------------------------------------------------------------------------------

# LLVM's version file accepts only the major that is asked for, hence one try each.
foreach(version 19.1 20.1 21.1)
  find_package(LLVM ${version} QUIET CONFIG)
  if(LLVM_FOUND)
    break()
  endif()
endforeach()
if(NOT LLVM_FOUND)
  message(FATAL_ERROR "LLVM 19, 20 or 21 (development files) not found: run ./dev setup")
endif()
message(STATUS "LLVM ${LLVM_PACKAGE_VERSION}: ${LLVM_DIR}")

add_library(lockstep_llvm INTERFACE)
target_include_directories(lockstep_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
target_link_libraries(lockstep_llvm INTERFACE LLVMSupport)
if(NOT LLVM_ENABLE_RTTI)
  # Deriving from LLVM's classes then needs our side without RTTI too.
  target_compile_options(lockstep_llvm INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
endif()

# --- nlohmann/json ------------------------------------------------------------------------------

find_package(nlohmann_json 3.11 REQUIRED)
add_library(lockstep_json INTERFACE)
get_target_property(json_include nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
target_include_directories(lockstep_json SYSTEM INTERFACE ${json_include})

# --- mimalloc -----------------------------------------------------------------------------------

# Values of the catalog are many small blocks, half of them freed at once: it allocates them in a
# third of the instructions that glibc takes. One source includes the others. Sanitizers bring an
# allocator of their own.
add_library(lockstep_mimalloc INTERFACE)
set(mimalloc_root "${LOCKSTEP_DEPS}/src/mimalloc")
if(EXISTS "${mimalloc_root}/src/static.c" AND NOT LOCKSTEP_SANITIZE)
  message(STATUS "mimalloc: ${mimalloc_root}")
  add_library(lockstep_mimalloc_objects OBJECT "${mimalloc_root}/src/static.c")
  target_include_directories(lockstep_mimalloc_objects SYSTEM PRIVATE "${mimalloc_root}/include")
  target_compile_definitions(lockstep_mimalloc_objects PRIVATE MI_MALLOC_OVERRIDE NDEBUG)
  target_compile_options(lockstep_mimalloc_objects PRIVATE
    -w -fno-builtin-malloc -ftls-model=initial-exec)
  target_link_libraries(lockstep_mimalloc INTERFACE $<TARGET_OBJECTS:lockstep_mimalloc_objects>)
else()
  message(STATUS "mimalloc: none, the C library allocates")
endif()

# --- Catch2 -------------------------------------------------------------------------------------

if(LOCKSTEP_TESTS)
  find_package(Catch2 3 REQUIRED)
endif()
