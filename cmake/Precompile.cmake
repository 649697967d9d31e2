# gate_precompile(TARGET ROOMS|TESTS): gives a target the precompiled headers of its kind where GATE_PRECOMPILE asks for
# it. The presets of the sanitizers have both: they compile what the dev preset has compiled without, so a forgotten #include
# of a room stays an error.
set(GATE_PRECOMPILE "" CACHE STRING "Precompile the headers of others for these: ROOMS, TESTS")

function(gate_precompiled_headers name)
  cmake_parse_arguments(PARSE_ARGV 1 precompiled "" "" "HEADERS;LINKS")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/cmake/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/cmake/${name}.cpp)
  target_link_libraries(${name} PRIVATE gate_settings gate_warnings ${precompiled_LINKS})
  target_precompile_headers(${name} PRIVATE ${precompiled_HEADERS})
endfunction()

set(headers
  <algorithm> <array> <charconv> <cstddef> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
  <unordered_map> <utility> <variant> <vector> <fmt/format.h>)
if(ROOMS IN_LIST GATE_PRECOMPILE)
  gate_precompiled_headers(gate_precompiled_ROOMS HEADERS ${headers} LINKS gate::fmt)
endif()
if(GATE_TESTS AND TESTS IN_LIST GATE_PRECOMPILE)
  gate_precompiled_headers(gate_precompiled_TESTS HEADERS ${headers} <catch2/catch.hpp>
                           LINKS gate::fmt Catch2::Catch2WithMain)
endif()

function(gate_precompile target kind)
  if(TARGET gate_precompiled_${kind})
    # A precompiled header is taken only where the macros are the same.
    target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)
    target_precompile_headers(${target} REUSE_FROM gate_precompiled_${kind})
  endif()
endfunction()
