# gate_room(NAME SOURCES a.cpp ... [LINKS targets ...] [PRIVATE_LINKS targets ...]): one static library gate_NAME for one
# folder below gate/. Its headers are found by themselves. Each compiles alone: the source file of its name includes it
# first (test meta/sources); those without one are compiled by themselves (test meta/headers).
function(gate_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;LINKS;PRIVATE_LINKS")
  file(GLOB_RECURSE headers RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.h)
  set(alone ${headers})
  list(TRANSFORM alone REPLACE "\\.h$" ".cpp")
  list(REMOVE_ITEM alone ${room_SOURCES})
  list(TRANSFORM alone REPLACE "\\.cpp$" ".h")
  list(REMOVE_ITEM headers ${alone} "")
  add_library(gate_${name} STATIC ${room_SOURCES})
  target_sources(gate_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers}
                              PUBLIC FILE_SET alone TYPE HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${alone})
  set_target_properties(gate_${name} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY alone)
  target_link_libraries(gate_${name} PUBLIC ${room_LINKS} gate_settings PRIVATE ${room_PRIVATE_LINKS} gate_warnings)
  gate_precompile(gate_${name} ROOMS)
endfunction()

# gate_test(ROOM SOURCES a_test.cpp ... [LINKS targets ...]): the unit tests of one room as one program and one CTest case;
# target unit_tests builds them all.
function(gate_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;LINKS")
  add_executable(test_${name} ${test_SOURCES})
  target_link_libraries(test_${name} PRIVATE ${test_LINKS} gate_settings gate_warnings Catch2::Catch2WithMain)
  gate_precompile(test_${name} TESTS)
  add_dependencies(unit_tests test_${name})
  add_test(NAME unit/${name} COMMAND test_${name})
  set_tests_properties(unit/${name} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()
