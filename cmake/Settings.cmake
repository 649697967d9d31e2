# gate_settings: what every target of ours is compiled with; never applied to code of others.
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# Set by presets. None of them changes what gate can do.
set(GATE_TESTS ON CACHE BOOL "Build the tests; off in the release preset")
set(GATE_STATIC OFF CACHE BOOL "Link everything into one file; on in the release preset")
set(GATE_FUZZ OFF CACHE BOOL "Build the fuzz targets; needs clang; on in the fuzz preset")
set(GATE_SANITIZE "" CACHE STRING "Sanitizers for our code, as -fsanitize takes them")

# The headers of the rooms are proved to compile alone (test meta/headers).
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ${GATE_TESTS})

add_library(gate_settings INTERFACE)
target_compile_features(gate_settings INTERFACE cxx_std_20)
target_include_directories(gate_settings INTERFACE ${PROJECT_SOURCE_DIR})
# For all alike: a precompiled header serves who is compiled as it was.
target_compile_options(gate_settings INTERFACE -pthread)
target_compile_definitions(gate_settings INTERFACE GATE_VERSION="${PROJECT_VERSION}")
if(GATE_SANITIZE)
  target_compile_options(gate_settings INTERFACE -fsanitize=${GATE_SANITIZE} -fno-omit-frame-pointer
                                                 -fno-sanitize-recover=all)
  # Checks before each access that find what the address sanitizer, or the fault itself, shows as well; with them a file
  # takes half as long again to compile.
  if(GATE_SANITIZE MATCHES undefined)
    target_compile_options(gate_settings INTERFACE -fno-sanitize=null,object-size,vptr)
  endif()
  target_link_options(gate_settings INTERFACE -fsanitize=${GATE_SANITIZE})
endif()
# What no rule and no command of this program needs is left out of the one file.
if(GATE_STATIC)
  target_compile_options(gate_settings INTERFACE -ffunction-sections -fdata-sections)
  target_link_options(gate_settings INTERFACE LINKER:--gc-sections)
endif()
if(CMAKE_INTERPROCEDURAL_OPTIMIZATION)
  # As many jobs at the link as there are processors.
  target_link_options(gate_settings INTERFACE -flto=auto)
  # Wrong at the link, where GCC 12 sees a string of impossible length through its own library; the dev preset warns.
  target_link_options(gate_settings INTERFACE -Wno-stringop-overflow)
endif()
