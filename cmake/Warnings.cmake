# gate_warnings: the warnings our code is free of. They are errors in the presets (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(gate_warnings INTERFACE)
target_compile_options(gate_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
                                               -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
                                               -Wformat=2 -Wimplicit-fallthrough -Wundef)
