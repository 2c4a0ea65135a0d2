# lockstep_rules: every rules/<category>/<rule-id>.cpp, the registry that lists them and the pages
# of fixtures/rules/, both generated. Adding a rule touches its source and its page, nothing here.

file(GLOB rule_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/*/*.cpp")
file(GLOB rule_pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/fixtures/rules/*/README.md")
set(rules_dir "${PROJECT_BINARY_DIR}/rules")

set(rule_ids "")
foreach(source IN LISTS rule_sources)
  get_filename_component(id "${source}" NAME_WE)
  if(id IN_LIST rule_ids)
    message(FATAL_ERROR "two rules are called ${id}")
  endif()
  list(APPEND rule_ids ${id})
endforeach()
list(SORT rule_ids)
list(LENGTH rule_ids rule_count)

set(rule_declarations "")
set(rule_pointers "")
foreach(id IN LISTS rule_ids)
  string(REPLACE "-" "_" identifier "${id}")
  string(APPEND rule_declarations "extern const Rule ${identifier};\n")
  string(APPEND rule_pointers "    &${identifier},\n")
endforeach()
configure_file("${CMAKE_CURRENT_LIST_DIR}/rule_registry.cpp.in" "${rules_dir}/rule_registry.cpp"
               @ONLY)

# The pages change more often than the list of rules: they are embedded by a build step, which
# reads the list of files from one that is rewritten only when it changes.
list(JOIN rule_pages "\n" page_list)
file(CONFIGURE OUTPUT "${rules_dir}/pages.txt" CONTENT "${page_list}\n")
add_custom_command(
  OUTPUT "${rules_dir}/rule_pages.cpp"
  COMMAND "${CMAKE_COMMAND}" -DLIST=${rules_dir}/pages.txt -DOUTPUT=${rules_dir}/rule_pages.cpp
          -P "${PROJECT_SOURCE_DIR}/cmake/EmbedPages.cmake"
  DEPENDS ${rule_pages} "${rules_dir}/pages.txt" "${PROJECT_SOURCE_DIR}/cmake/EmbedPages.cmake"
  COMMENT "Embedding the rules' pages"
  VERBATIM)

add_library(lockstep_rules STATIC ${rule_sources} "${rules_dir}/rule_registry.cpp"
                                  "${rules_dir}/rule_pages.cpp")
target_include_directories(lockstep_rules PUBLIC "${PROJECT_SOURCE_DIR}")
lockstep_precompile(lockstep_rules engine/report.hpp engine/wording.hpp)
target_link_libraries(lockstep_rules PRIVATE lockstep_warnings PUBLIC lockstep_engine)
