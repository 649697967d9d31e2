# gate_warnings: the warnings our code is free of. They are errors in the presets (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(gate_warnings INTERFACE)
target_compile_options(gate_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
                                               -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
                                               -Wformat=2 -Wimplicit-fallthrough -Wundef)
# Under sanitizers g++ 12 takes the instrumented parts of a std::variant for uninitialised; its manual
# warns of it (-fsanitize). The other builds have the warning; clang has none of this name.
if(GATE_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(gate_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
