# gate_precompile(TARGET [_tests]): gives a target the precompiled standard headers where GATE_PRECOMPILE is on. The
# presets of the sanitizers have it: they compile what the dev preset has already compiled without, so a forgotten
# #include is still an error.
set(GATE_PRECOMPILE OFF CACHE BOOL "Precompile the standard headers")

function(gate_precompiled_headers name)
  cmake_parse_arguments(PARSE_ARGV 1 precompiled "" "" "HEADERS;LINKS")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/cmake/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/cmake/${name}.cpp)
  target_link_libraries(${name} PRIVATE gate_settings gate_warnings ${precompiled_LINKS})
  target_precompile_headers(${name} PRIVATE ${precompiled_HEADERS})
endfunction()

if(GATE_PRECOMPILE)
  set(headers
    <algorithm> <array> <charconv> <cstddef> <cstdint> <functional> <map> <memory> <optional> <span>
    <string> <string_view> <unordered_map> <utility> <variant> <vector> <fmt/format.h>)
  gate_precompiled_headers(gate_precompiled HEADERS ${headers} LINKS gate::fmt)
  if(GATE_TESTS)
    gate_precompiled_headers(gate_precompiled_tests HEADERS ${headers} <catch2/catch.hpp>
                             LINKS gate::fmt Catch2::Catch2WithMain)
  endif()
endif()

function(gate_precompile target)
  if(GATE_PRECOMPILE)
    # A precompiled header is taken only where the macros are the same.
    target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)
    target_precompile_headers(${target} REUSE_FROM gate_precompiled${ARGN})
  endif()
endfunction()
